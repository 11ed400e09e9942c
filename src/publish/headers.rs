//! What a host is told of a file: its media type by the ending of its name, and whether the files that hosts read for
//! headers and redirects keep within their published limits. It never decides what a page's policy is.

use std::path::Path;

/// The media type of a file, by its name; text says that it is UTF-8.
#[must_use]
pub fn media_type(path: &str) -> String {
    let own = match path.rsplit('/').next().unwrap_or(path) {
        "feed.json" => Some("application/feed+json"),
        "feed.xml" => Some("application/atom+xml"),
        "_headers" | "_redirects" | ".nojekyll" | "CNAME" => Some("text/plain"),
        _ => None,
    };
    let by_ending = || match Path::new(path).extension().and_then(|ending| ending.to_str()) {
        Some("bib") => Some("application/x-bibtex".to_string()),
        _ => None,
    };
    let guessed = || mime_guess::from_path(path).first_or_octet_stream().essence_str().to_string();
    let essence = own.map(str::to_string).or_else(by_ending).unwrap_or_else(guessed);
    let is_text =
        essence.starts_with("text/") || matches!(&*essence, "application/xml" | "application/x-bibtex");
    if is_text { format!("{essence}; charset=utf-8") } else { essence }
}

/// What hosts that read `_headers` and `_redirects` publish as their limits, by the strictest of them.
const RULES: usize = 100;
const HEADER_LINE: usize = 2000;
const REDIRECTS: usize = 2000;
const REDIRECT_LINE: usize = 1000;

/// Where `_headers` or `_redirects` goes beyond what hosts read, each in a sentence.
#[must_use]
pub fn host_file_faults(path: &str, text: &str) -> Vec<String> {
    let lines = || text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let longest = lines().map(str::len).max().unwrap_or_default();
    let (what, count, most, line) = match path {
        "_headers" => {
            ("rules", lines().filter(|line| !line.starts_with([' ', '\t'])).count(), RULES, HEADER_LINE)
        }
        "_redirects" => ("redirects", lines().count(), REDIRECTS, REDIRECT_LINE),
        _ => return Vec::new(),
    };
    let mut faults = Vec::new();
    if count > most {
        faults.push(format!("{path} has {count} {what}; Cloudflare Pages reads the first {most} only"));
    }
    if longest > line {
        faults.push(format!(
            "{path} has a line of {longest} characters; Cloudflare Pages reads lines up to {line}"
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{host_file_faults, media_type};

    #[test]
    fn text_says_that_it_is_utf_8() {
        let types = [
            ("kim/index.html", "text/html; charset=utf-8"),
            ("style.4f2a9c01d3.css", "text/css; charset=utf-8"),
            ("comfort.0123456789.js", "text/javascript; charset=utf-8"),
            ("sitemap.xml", "text/xml; charset=utf-8"),
            ("kim/feed.xml", "application/atom+xml"),
            ("kim/feed.json", "application/feed+json"),
            ("kim/timeline.json", "application/json"),
            ("kim/calendar.ics", "text/calendar; charset=utf-8"),
            ("kim/events.csv", "text/csv; charset=utf-8"),
            ("kim/sources.bib", "application/x-bibtex; charset=utf-8"),
            ("kim/a.svg", "image/svg+xml"),
            ("kim/a.webp", "image/webp"),
            ("kim/a.avif", "image/avif"),
            ("kim/a.pdf", "application/pdf"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("_redirects", "text/plain; charset=utf-8"),
            ("nothing-known.zzzz", "application/octet-stream"),
        ];
        for (path, expected) in types {
            assert_eq!(media_type(path), expected, "{path}");
        }
    }

    #[test]
    fn limits_of_hosts_are_told() {
        let many: String = (0..2001).map(|at| format!("/{at} /new 301\n")).collect();
        assert_eq!(host_file_faults("_redirects", &many).len(), 1);
        assert_eq!(host_file_faults("_redirects", "/old /new 301\n"), Vec::<String>::new());
        let long = format!("/*\n  Content-Security-Policy: {}\n", "a".repeat(2000));
        assert_eq!(host_file_faults("_headers", &long).len(), 1);
        assert_eq!(host_file_faults("index.html", &long), Vec::<String>::new());
    }
}
