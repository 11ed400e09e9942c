//! What hosts are told by files: whether those that they read for headers and redirects keep within their published
//! limits. It never decides what a page's policy is.

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
    use super::host_file_faults;

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
