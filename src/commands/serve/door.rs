//! Who is let in: a request's `Host` in, yes or no out.
//!
//! A page of another site can make a browser ask 127.0.0.1 under that site's own name (DNS rebinding), and would then
//! read drafts. So only names are answered that no stranger can own.

use std::net::IpAddr;

/// The names under which the server may be asked.
#[derive(Debug, Clone)]
pub(super) struct Door {
    /// As `--host` said it.
    host: String,
    /// Whether other machines may ask.
    is_open: bool,
}

impl Door {
    /// The door of a server that listens at an address, which was asked for as `host`.
    pub(super) fn new(host: &str, address: IpAddr) -> Self {
        Self { host: host.to_ascii_lowercase(), is_open: !address.is_loopback() }
    }

    /// Whether a request with this `Host` is answered.
    pub(super) fn admits(&self, host: &str) -> bool {
        let Some(name) = name(host) else { return false };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return self.is_open || address.is_loopback();
        }
        name == "localhost" || name == self.host
    }
}

/// A host without its port, in lower case; `None` for what is no host.
fn name(host: &str) -> Option<String> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    let is_bare = !name.is_empty() && !name.contains(['/', '@', '\\', '?', '#']);
    (is_port && is_bare).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Door;

    #[test]
    fn only_names_that_no_stranger_can_own_are_answered() {
        let door = Door::new("127.0.0.1", "127.0.0.1".parse().unwrap());
        for host in
            ["127.0.0.1:4000", "127.0.0.1", "localhost:4000", "LOCALHOST", "[::1]:4000", "[::1]", "127.8.8.8"]
        {
            assert!(door.admits(host), "{host}");
        }
        for host in [
            "",
            "evil.test",
            "evil.test:4000",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "192.168.1.7:4000",
            "localhost@evil.test",
            "evil.test/localhost",
            "localhost:x",
            "a.localhost",
        ] {
            assert!(!door.admits(host), "{host}");
        }
    }

    #[test]
    fn an_open_door_answers_to_any_address_and_to_its_own_name() {
        let door = Door::new("Mesa.lan", "192.168.1.7".parse().unwrap());
        for host in ["mesa.lan:4000", "192.168.1.7", "10.0.0.3:4000", "localhost"] {
            assert!(door.admits(host), "{host}");
        }
        assert!(!door.admits("evil.test"));
    }
}
