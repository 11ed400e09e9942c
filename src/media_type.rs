//! What kind of file something is, by its name: for the preview and for publishing alike.

use std::path::Path;

/// The media type of a file (IANA's registry), by its name; text says that it is UTF-8.
#[must_use]
pub fn media_type(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let essence = match (of_name(name), Path::new(name).extension().and_then(|ending| ending.to_str())) {
        (Some(own), _) => own.to_string(),
        (None, Some("bib")) => "application/x-bibtex".to_string(),
        _ => mime_guess::from_path(path).first_or_octet_stream().essence_str().to_string(),
    };
    // JSON has no charset (RFC 8259, 11); the declaration of XML beyond `text/` names its own.
    let is_text =
        essence.starts_with("text/") || matches!(&*essence, "application/xml" | "application/x-bibtex");
    if is_text { format!("{essence}; charset=utf-8") } else { essence }
}

/// Files whose names say more than their endings.
fn of_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "feed.json" => "application/feed+json",
        "feed.xml" => "application/atom+xml",
        "oembed.json" => "application/json+oembed",
        "sources.json" => "application/vnd.citationstyles.csl+json",
        "timeline.schema.json" => "application/schema+json",
        "_headers" | "_redirects" | ".nojekyll" | "CNAME" => "text/plain",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::media_type;

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
            ("kim/timeline.schema.json", "application/schema+json"),
            ("kim/embed/oembed.json", "application/json+oembed"),
            ("kim/calendar.ics", "text/calendar; charset=utf-8"),
            ("kim/events.csv", "text/csv; charset=utf-8"),
            ("kim/sources.json", "application/vnd.citationstyles.csl+json"),
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
}
