//! Takes connections, within bounds: a client that is slow or that comes a thousand times cannot use up the server.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// Connections that are open at once. A page needs six; sockets are counted elsewhere once they are let in.
const CONNECTIONS: usize = 128;
/// How long a client may take to say what it wants, and how long it may say nothing between two requests.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest head of a request in bytes.
const LARGEST_HEAD: usize = 16 << 10;

/// Serves until the task is dropped.
pub async fn listen(listener: TcpListener, router: Router) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most likely: they become fewer when connections end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Without a place left, the connection is closed at once: waiting ones would be forgotten work.
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            let router = router.clone();
            tokio::spawn(async move {
                serve(stream, router).await;
                drop(place);
            });
        }
    }
}

async fn serve(stream: TcpStream, router: Router) {
    // Small messages leave at once; a failure to ask for that only makes them slower.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    // An error here is the client's: it went away or does not speak HTTP.
    let _ = connection.await;
}
