//! Addresses that try to reach the disk. None of them can: the server serves a site from memory.

use std::{fs, os::unix::fs::symlink, path::Path, sync::Arc};

use deck::{project::Project, publishing::deck_site, render::Edition, server::follow_author, source::Disk};

use crate::{
    script::Script,
    stand::{Stand, write},
    wire::ask,
};

#[tokio::test]
async fn addresses_never_reach_the_disk() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    let up = ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "..;", "....", ". ."];
    let separators = ["/", "%2f", "%252f", "\\", "%5c", "//", "/./"];
    let mut targets = vec![
        "/etc/passwd".to_owned(),
        "//etc/passwd".to_owned(),
        "/index.html%00.css".to_owned(),
        "/index.html/".to_owned(),
        "/index.html/../index.html".to_owned(),
        "/.deck/server.toml".to_owned(),
        "/slides/src/one.md".to_owned(),
        "/Cargo.toml".to_owned(),
        "/assets".to_owned(),
        "/assets/".to_owned(),
        "/proc/self/environ".to_owned(),
        "/file:///etc/passwd".to_owned(),
        "/~root/.bashrc".to_owned(),
    ];
    for up in up {
        for separator in separators {
            let climb = format!("{up}{separator}").repeat(12);
            targets.push(format!("/{climb}etc{separator}passwd"));
            targets.push(format!("/assets/{climb}etc{separator}passwd"));
            targets.push(format!("/{up}{separator}Cargo.toml"));
        }
    }
    for target in targets.iter().filter(|target| !target.contains(' ')) {
        for cookie in [cookie.as_str(), ""] {
            let answer = ask(&stand, "GET", target, &[("Cookie", cookie)]).await;
            let expected: &[u16] = if cookie.is_empty() { &[400, 403] } else { &[400, 404] };
            assert!(expected.contains(&answer.status), "{target}: {answer:?}");
            for secret in ["root:", "[package]", "key =", "PATH="] {
                assert!(!answer.body.contains(secret), "{target}: {answer:?}");
            }
            assert!(!answer.body.contains(target.as_str()), "{target} is repeated to whoever asked");
        }
    }
}

#[tokio::test]
async fn an_address_is_taken_as_it_is_written() {
    let stand = Stand::start().await;
    let cookie = stand.cookie();
    for target in ["/%69ndex.html", "/index.html;x", "/INDEX.HTML", "/index.html%20", "/assets%2fdeck.css"] {
        let answer = ask(&stand, "GET", target, &[("Cookie", &cookie)]).await;
        assert_eq!(answer.status, 404, "{target}");
    }
    for target in ["/", "/index.html", "/index.html?q=../../etc/passwd", "/assets/deck.css"] {
        assert_eq!(ask(&stand, "GET", target, &[("Cookie", &cookie)]).await.status, 200, "{target}");
    }
}

const CHAPTER: &str = "# One {#one}\n\n![A picture](picture.svg)\n\n```python\n{{#include ../../code.py}}\n```\n\n\
    ```python,live,id=a\n1\n```\n";
const SECRET: &str = "<svg xmlns='http://www.w3.org/2000/svg'><!-- secret --></svg>";

/// The files of a project that a deck is made from, each with where it would be served.
const LINKS: [(&str, &str); 3] = [
    ("slides/src/picture.svg", "/images/slides/src/picture.svg"),
    ("code.py", "/source/code.py.html"),
    ("slides/recordings/a.toml", "/index.html"),
];

#[tokio::test]
async fn a_link_out_of_the_project_is_said_and_never_served() {
    let (project, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let secret = outside.path().join("secret");
    fs::write(&secret, SECRET).unwrap();
    write(project.path(), CHAPTER);
    for (file, text) in
        [("web/dist/deck.js", ""), ("slides/src/picture.svg", "<svg/>"), ("code.py", "x = 1\n")]
    {
        let path = project.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::create_dir_all(project.path().join("slides/recordings")).unwrap();
    let files = Disk { root: project.path().to_owned() };
    let stand = Stand::building(&files, Arc::new(Script::default()), project.path(), None).await;
    let talk = Project::open(project.path(), Path::new("python3")).unwrap();
    let follow = talk.clone();
    let load = move || deck_site(&talk, &Edition { live: true, ..Edition::default() }).unwrap();
    follow_author(&follow, Box::new(load), &stand.talk).unwrap();
    let mut browser = stand.browser().await;

    let before = browser.stage.deck.clone();
    let chapter = project.path().join("slides/src/one.md");
    fs::write(&chapter, CHAPTER).unwrap();
    browser.until(|stage| stage.deck != before).await;
    for (file, address) in LINKS {
        let (place, aside) = (project.path().join(file), project.path().join("aside"));
        let served = ask(&stand, "GET", address, &[("Cookie", &stand.cookie())]).await;
        assert_eq!(served.status, 200, "{address}");
        let _ = fs::rename(&place, &aside);
        symlink(&secret, &place).unwrap();
        fs::write(&chapter, format!("{CHAPTER}\n{file}\n")).unwrap();
        browser.until(|stage| !stage.problems.is_empty()).await;
        let problem = &browser.stage.problems[0];
        assert!(problem.message.contains("it is a link that leads out of the project"), "{problem:?}");
        let still = ask(&stand, "GET", address, &[("Cookie", &stand.cookie())]).await;
        assert_eq!((still.status, &still.body), (200, &served.body), "the last good one stays");
        fs::remove_file(&place).unwrap();
        let _ = fs::rename(&aside, &place);
        fs::write(&chapter, CHAPTER).unwrap();
        browser.until(|stage| stage.problems.is_empty()).await;
    }
}
