//! Addresses of the web come in, what their servers answer goes out; the one room that uses the network.
//!
//! Each address is asked once, and politely: few requests to a host at a time, a pause between them, HEAD before GET,
//! later again where the server is busy. Nothing is kept, and no body of an answer is read.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use ureq::{Agent, Error};

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// There is something.
    Good,
    /// There is nothing, and why: the host or the page does not exist.
    Dead(String),
    /// It can't be told, and why: the server is busy, refuses programs, or does not answer.
    Doubtful(String),
}

/// How servers are asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// How many requests go to one host at a time.
    pub per_host: usize,
    /// How many hosts are asked at a time, times [`Manners::per_host`].
    pub at_once: usize,
    /// How long to wait between two requests to a host.
    pub pause: Duration,
    /// How often an address is asked at the most, where the answer is doubtful.
    pub tries: u32,
    /// How long to wait before asking again; each time twice as long.
    pub back_off: Duration,
    /// How long a request may take.
    pub timeout: Duration,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            per_host: 2,
            at_once: 16,
            pause: Duration::from_millis(500),
            tries: 3,
            back_off: Duration::from_secs(2),
            timeout: Duration::from_secs(15),
        }
    }
}

/// Asks each address once; the answers are in the order of the addresses. Calls `done` after each.
pub fn ask(addresses: &[String], manners: &Manners, done: &(dyn Fn() + Sync)) -> Vec<Answer> {
    let agent = agent(manners);
    let lanes = Mutex::new(lanes(addresses, manners.per_host));
    let answers: Vec<Mutex<Answer>> =
        addresses.iter().map(|_| Mutex::new(Answer::Doubtful("it was not asked".to_string()))).collect();
    let work = || {
        while let Some(lane) = lanes.lock().expect("no worker panics with the lock").pop() {
            for (turn, at) in lane.into_iter().enumerate() {
                if turn > 0 {
                    std::thread::sleep(manners.pause);
                }
                let answer = ask_patiently(&agent, &addresses[at], manners);
                *answers[at].lock().expect("no worker panics with the lock") = answer;
                done();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..manners.at_once.max(1) {
            scope.spawn(work);
        }
    });
    answers.into_iter().map(|answer| answer.into_inner().expect("no worker panicked")).collect()
}

fn agent(manners: &Manners) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(manners.timeout))
        .max_redirects(8)
        .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION"), " (looks whether links are alive)"))
        .build();
    Agent::new_with_config(config)
}

/// The addresses of each host, by their indexes, in as many lanes as it may be asked in at a time.
fn lanes(addresses: &[String], per_host: usize) -> Vec<Vec<usize>> {
    let mut hosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, address) in addresses.iter().enumerate() {
        hosts.entry(host(address)).or_default().push(at);
    }
    let mut lanes = Vec::new();
    for all in hosts.into_values() {
        let count = per_host.max(1).min(all.len());
        lanes.extend((0..count).map(|lane| all.iter().copied().skip(lane).step_by(count).collect()));
    }
    // Workers take them from the end: those that take longest begin first.
    lanes.sort_by_key(Vec::len);
    lanes
}

/// The host of an address, with its port.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn ask_patiently(agent: &Agent, address: &str, manners: &Manners) -> Answer {
    let mut wait = manners.back_off;
    for _ in 1..manners.tries {
        match ask_once(agent, address) {
            (answer, false) => return answer,
            (_, true) => std::thread::sleep(wait),
        }
        wait *= 2;
    }
    ask_once(agent, address).0
}

/// The answer, and whether another may come later. Many servers answer HEAD wrongly: only GET can say that it is dead.
fn ask_once(agent: &Agent, address: &str) -> (Answer, bool) {
    if let Ok(response) = agent.head(address).call()
        && response.status().is_success()
    {
        return (Answer::Good, false);
    }
    match agent.get(address).call() {
        Ok(response) => of_status(response.status().as_u16()),
        Err(error) => of_error(&error),
    }
}

fn of_status(status: u16) -> (Answer, bool) {
    match status {
        200..=299 => (Answer::Good, false),
        404 | 410 => (Answer::Dead(format!("the server answers {status}: there is no such page")), false),
        429 | 500..=599 => {
            (Answer::Doubtful(format!("the server answers {status}: it is busy or broken")), true)
        }
        401 | 403 => (
            Answer::Doubtful(format!("the server answers {status}: it does not show the page to programs")),
            false,
        ),
        _ => (Answer::Doubtful(format!("the server answers {status}")), false),
    }
}

fn of_error(error: &Error) -> (Answer, bool) {
    let dead = || (Answer::Dead("there is no such host".to_string()), false);
    match error {
        Error::HostNotFound => dead(),
        Error::Io(io) => {
            let text = io.to_string();
            // What the system's resolver says of a name that does not exist, and not of a network that is down.
            match text.contains("failed to lookup address") && !text.contains("Temporary failure") {
                true => dead(),
                false => (Answer::Doubtful(format!("the server can't be reached: {text}")), true),
            }
        }
        Error::Timeout(_) => (Answer::Doubtful("the server does not answer in time".to_string()), true),
        Error::TooManyRedirects | Error::RedirectFailed => {
            (Answer::Doubtful("the server leads on and on".to_string()), false)
        }
        Error::BadUri(_) => (Answer::Doubtful("this address can't be asked".to_string()), false),
        other => (Answer::Doubtful(format!("the server can't be asked: {other}")), true),
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Error, host, lanes, of_error};

    #[test]
    fn a_host_has_no_more_lanes_than_it_may() {
        let addresses: Vec<String> =
            ["https://a/1", "https://a/2", "https://b:1/1", "https://a/3", "https://a?4"]
                .map(String::from)
                .into();
        assert_eq!(lanes(&addresses, 2), [vec![2], vec![0, 3], vec![1, 4]]);
        assert_eq!(host(&addresses[2]), "b:1");
    }

    #[test]
    fn a_name_that_does_not_exist_is_dead_and_a_network_that_is_down_is_not() {
        let io = |text: &str| of_error(&Error::Io(std::io::Error::other(text.to_string())));
        let dead = "failed to lookup address information: Name or service not known";
        let down = "failed to lookup address information: Temporary failure in name resolution";
        assert!(matches!(io(dead), (Answer::Dead(_), false)));
        assert!(matches!(io(down), (Answer::Doubtful(_), true)));
        assert!(matches!(of_error(&Error::HostNotFound), (Answer::Dead(_), false)));
    }
}
