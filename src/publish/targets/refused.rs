//! What a host or OpenDAL says of a failure, in words that an editor can act on. Nothing of a request or an answer is
//! passed on but the name of an error, since both may hold credentials.

use std::fmt;

use opendal::{Error, ErrorKind};

use crate::publish::fault::Fault;

/// Where it happened, in messages.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A bucket, and the region in which it is said to be.
    Bucket {
        /// Its name.
        bucket: String,
        /// The region of the settings.
        region: String,
    },
    /// A server, by its name or address.
    Server(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket { bucket, .. } => write!(f, "the bucket `{bucket}`"),
            Self::Server(server) => f.write_str(server),
        }
    }
}

/// The failure of a host as a fault.
pub(super) fn fault_of(error: &Error, place: &Place) -> Fault {
    let said = error.to_string();
    if let Some(fault) = known(&said, place) {
        return fault;
    }
    match error.kind() {
        ErrorKind::ConditionNotMatch | ErrorKind::AlreadyExists | ErrorKind::Conflict => Fault::condition(),
        ErrorKind::PermissionDenied => Fault::lasting(
            format!("{place} does not allow it (403)"),
            "let the key or the user that publishes list, read, write and delete there",
        ),
        ErrorKind::NotFound => Fault::lasting(
            format!("{place} answers that there is no such place (404)"),
            "look at the address, the bucket and the path in [publish] of dateline.toml",
        ),
        ErrorKind::ConfigInvalid => Fault::lasting(
            format!("{place} can't be reached with these settings: {}", error.message()),
            "look at [publish] in dateline.toml",
        ),
        ErrorKind::Unsupported => {
            Fault::lasting(format!("{place} can't do this"), "publish to another kind of target")
        }
        ErrorKind::RateLimited => Fault::passing(format!("{place} is busy (429)")),
        _ => Fault::passing(format!("{place} can't be reached, or is broken: {}", name_of(error))),
    }
}

/// What S3 servers and ssh say, and what is to be mended.
fn known(said: &str, place: &Place) -> Option<Fault> {
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let region = match place {
        Place::Bucket { region, .. } => region,
        Place::Server(_) => "",
    };
    let (message, help) = if says(&["NoSuchBucket"]) {
        (
            format!("there is no such bucket: {place}"),
            "make it, or mend `bucket` and `endpoint` in dateline.toml",
        )
    } else if says(&["RequestTimeTooSkewed", "RequestExpired"]) {
        (
            "the clock of this machine is wrong, by what the server says".to_string(),
            "set the clock, then publish again",
        )
    } else if says(&[
        "InvalidAccessKeyId",
        "SignatureDoesNotMatch",
        "InvalidToken",
        "ExpiredToken",
        "TokenRefreshRequired",
    ]) {
        (
            format!("{place} does not accept the access key"),
            "look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or at the profile in ~/.aws/credentials",
        )
    } else if says(&[
        "AuthorizationHeaderMalformed",
        "PermanentRedirect",
        "IllegalLocationConstraint",
        "IncorrectEndpoint",
    ]) {
        (
            format!("{place} is not in the region `{region}`"),
            "write the bucket's own region into `region` in dateline.toml",
        )
    } else if says(&[
        "no valid credential",
        "failed to load signing credential",
        "load credential",
        "no credential",
    ]) {
        (
            format!("there is no access key for {place}"),
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; keys never stand in dateline.toml",
        )
    } else if says(&["Permission denied (", "Too many authentication failures"]) {
        (
            format!("{place} does not accept this machine's ssh keys"),
            "see that `ssh` alone gets there: load the key into the agent (ssh-add), or name it in ~/.ssh/config",
        )
    } else if says(&["Host key verification failed", "REMOTE HOST IDENTIFICATION HAS CHANGED"]) {
        (
            format!("the host key of {place} is not known to this machine, or has changed"),
            "compare it with what the server's owner says, and accept it once with `ssh`",
        )
    } else {
        return None;
    };
    Some(Fault::lasting(message, help))
}

/// The innermost reason that says nothing of what was sent.
fn name_of(error: &Error) -> String {
    let said = error.to_string();
    let reasons = [
        ("Connection refused", "the connection is refused"),
        ("dns error", "there is no such host"),
        ("timed out", "it does not answer in time"),
        ("connection closed", "the line broke off"),
        ("Connection reset", "the line broke off"),
        ("certificate", "its certificate is not accepted"),
        ("status: 500", "it answers 500"),
        ("status: 502", "it answers 502"),
        ("status: 503", "it answers 503"),
        ("status: 504", "it answers 504"),
    ];
    let reason = reasons.into_iter().find(|(word, _)| said.contains(word));
    reason.map_or_else(|| error.kind().to_string(), |(_, reason)| reason.to_string())
}

#[cfg(test)]
mod tests {
    use opendal::{Error, ErrorKind};

    use super::{Place, fault_of};
    use crate::publish::fault::Kind;

    fn of(kind: ErrorKind, said: &str) -> (Kind, String) {
        let place = Place::Bucket { bucket: "site".to_string(), region: "eu-west-1".to_string() };
        let fault = fault_of(&Error::new(kind, said), &place);
        (fault.kind, fault.to_string())
    }

    #[test]
    fn each_failure_says_what_is_to_be_mended() {
        let cases = [
            (ErrorKind::PermissionDenied, "AccessDenied", "list, read, write and delete"),
            (ErrorKind::PermissionDenied, "code: SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"),
            (ErrorKind::PermissionDenied, "RequestTimeTooSkewed", "set the clock"),
            (ErrorKind::NotFound, "NoSuchBucket", "`bucket`"),
            (ErrorKind::NotFound, "", "404"),
            (ErrorKind::Unexpected, "AuthorizationHeaderMalformed", "not in the region `eu-west-1`"),
        ];
        for (kind, said, expected) in cases {
            let (kind, text) = of(kind, said);
            assert!(kind == Kind::Lasting && text.contains(expected), "{said}: {text}");
        }
        assert_eq!(of(ErrorKind::RateLimited, "").0, Kind::Passing);
        assert_eq!(of(ErrorKind::ConditionNotMatch, "").0, Kind::Condition);
    }

    #[test]
    fn nothing_of_a_request_is_passed_on() {
        let said = "signature AKIAIOSFODNN7EXAMPLE Authorization: AWS4-HMAC-SHA256 Credential=AKIA";
        for kind in [ErrorKind::PermissionDenied, ErrorKind::Unexpected, ErrorKind::NotFound] {
            assert!(!of(kind, said).1.contains("AKIA"), "{kind:?}");
        }
    }
}
