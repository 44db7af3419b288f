//! Who may come in: a one-time token in the link that `deck serve` prints is exchanged for a cookie.

use std::{
    collections::VecDeque,
    io,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

/// Links that were made and not used yet; an older one gives way to a newer one.
const OPEN_LINKS: usize = 8;

/// The keys of one server.
#[derive(Debug)]
pub struct Access {
    port: u16,
    key: String,
    tokens: Mutex<VecDeque<String>>,
}

impl Access {
    /// `key` is what the cookie must hold: it outlives the server, so that an open tab does too.
    pub fn new(port: u16, key: String) -> Self {
        Self { port, key, tokens: Mutex::default() }
    }

    /// A new link that lets one browser in, once.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn link(&self) -> io::Result<String> {
        let token = secret()?;
        let link = format!("http://127.0.0.1:{}/launch?token={token}", self.port);
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.push_back(token);
        if tokens.len() > OPEN_LINKS {
            tokens.pop_front();
        }
        Ok(link)
    }

    /// Takes a token in; false if it is unknown or was used before.
    pub fn redeem(&self, token: &str) -> bool {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let place = tokens.iter().position(|open| same(open, token));
        place.and_then(|place| tokens.remove(place)).is_some()
    }

    /// The value of `Set-Cookie`. The name holds the port because cookies do not keep ports apart: two decks that are
    /// presented at once would take each other's cookie away.
    pub fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.key)
    }

    /// Whether a request carries the cookie.
    pub fn admits(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(found, value)| found == name && same(value, &self.key))
    }

    /// Whether a browser may call this server so. Any other name in `Host` is a foreign name made to point here.
    pub fn is_own_name(&self, host: &str) -> bool {
        let own = |name| format!("{name}:{}", self.port);
        ["127.0.0.1", "localhost", "[::1]"].map(own).iter().any(|name| name == host)
    }

    fn cookie_name(&self) -> String {
        format!("deck-{}", self.port)
    }
}

/// 256 random bits in hexadecimal.
///
/// # Errors
/// If the system has no random numbers.
pub fn secret() -> io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares digests, so that the time it takes says nothing about how far a guess was right.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(link: &str) -> &str {
        link.split_once("token=").unwrap().1
    }

    #[test]
    fn a_token_is_good_once() {
        let access = Access::new(80, secret().unwrap());
        let link = access.link().unwrap();
        assert!(!access.redeem("other"));
        assert!(access.redeem(token(&link)));
        assert!(!access.redeem(token(&link)));
    }

    #[test]
    fn of_many_unused_links_the_oldest_gives_way() {
        let access = Access::new(80, secret().unwrap());
        let links: Vec<_> = (0..=OPEN_LINKS).map(|_| access.link().unwrap()).collect();
        assert!(!access.redeem(token(&links[0])));
        assert!(access.redeem(token(&links[1])));
    }

    #[test]
    fn names_are_loopback_names_with_the_port() {
        let access = Access::new(4000, String::new());
        for good in ["127.0.0.1:4000", "localhost:4000", "[::1]:4000"] {
            assert!(access.is_own_name(good), "{good}");
        }
        for bad in ["localhost", "localhost:4001", "evil.example:4000", "127.0.0.1:4000.evil.example", ""] {
            assert!(!access.is_own_name(bad), "{bad}");
        }
    }
}
