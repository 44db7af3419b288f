//! Takes connections, within bounds: clients that are slow or that come by the thousand neither use up the server nor keep
//! the speaker out.

use std::time::Duration;

use axum::{Router, extract::Request};
use hyper::{
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};

use super::places::{Guest, Places, Room};

/// How long a client may take to say what it wants, and how long it may say nothing between two requests.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest head of a request in bytes.
const LARGEST_HEAD: usize = 16 << 10;
/// How long the system gets to take back what a connection held.
const PAUSE: Duration = Duration::from_millis(5);

/// Serves until the task is dropped.
pub async fn listen(listener: TcpListener, router: Router) {
    let places = Places::default();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, most likely: they become fewer when connections end.
            places.end_a_stranger();
            sleep(PAUSE).await;
            continue;
        };
        if has_room(&places).await {
            take(stream, &router, &places);
        }
    }
}

/// Waits for a place; false if there will be none. Whoever comes meanwhile waits in the system's queue.
async fn has_room(places: &Places) -> bool {
    loop {
        match places.room() {
            Room::Free => return true,
            Room::Later(wait) => sleep(wait).await,
            Room::Full => return false,
        }
    }
}

fn take(stream: TcpStream, router: &Router, places: &Places) {
    let (guest, router) = (Guest::default(), router.clone());
    places.take(guest.clone(), |place| {
        let connection = async move {
            serve(stream, router, guest).await;
            drop(place);
        };
        tokio::spawn(connection).abort_handle()
    });
}

async fn serve(stream: TcpStream, router: Router, guest: Guest) {
    // Small messages leave at once; a failure to ask for that only makes them slower.
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(guest.clone());
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // An error here is the client's: it went away or does not speak HTTP.
    let _ = connection.await;
}
