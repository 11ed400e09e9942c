//! `robots.txt` (RFC 9309): everything may be read by everyone.

/// The whole file.
pub(super) fn text() -> String {
    "User-agent: *\nAllow: /\n".to_string()
}
