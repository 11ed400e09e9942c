//! HTML as a form for captions and texts takes it: a piece comes in, Markdown or plain text goes out, with what was left
//! out named. It never makes a page.

use super::attributes::{self, Attribute};
use super::notes::Reason;
use crate::markdown;

/// What was found in a piece of HTML and is not in the Markdown.
pub(super) type Found = Vec<(Reason, String)>;

/// A piece of HTML as Markdown.
pub(super) fn to_markdown(html: &str, found: &mut Found) -> String {
    let mut writer = Writer { frames: vec![Frame::default()], links: Vec::new(), silent: None, found };
    for token in tokens(html) {
        match token {
            Token::Text(text) => writer.text(text),
            Token::Open(name, attributes) => writer.open(&name, &attributes::read(attributes)),
            Token::Close(name) => writer.close(&name),
        }
    }
    while writer.frames.len() > 1 {
        writer.end_frame();
    }
    writer.frames.pop().map(|frame| frame.finished()).unwrap_or_default()
}

/// A piece of HTML as plain text on one line.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(piece) => text.push_str(piece),
            Token::Open(name, _) | Token::Close(name) if is_block(&name) || name == "br" => text.push(' '),
            _ => {}
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    decoded(&text)
}

/// A plain text as HTML.
pub(super) fn as_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A text with its entities as characters.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    // Each entity by itself, so that no mark of Markdown in the text means anything.
    let mut decoded = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find('&').map(|found| at + found) {
        decoded.push_str(&text[at..start]);
        let end = text[start..].find(';').map(|end| start + end + 1).filter(|end| end - start <= 32);
        let entity = end.map(|end| &text[start..end]).filter(|entity| !entity.contains(char::is_whitespace));
        let character = entity.map(markdown::plain_text).filter(|text| !text.is_empty());
        match (end, character) {
            (Some(end), Some(character)) => {
                decoded.push_str(&character);
                at = end;
            }
            _ => {
                decoded.push('&');
                at = start + 1;
            }
        }
    }
    decoded + &text[at..]
}

enum Token<'a> {
    Text(&'a str),
    Open(String, &'a str),
    Close(String),
}

/// Tags and what stands between them; comments are passed over. A `<` that begins no tag is text.
fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut text_from = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start + 1..];
        let is_comment = rest.starts_with("!--");
        let end = if is_comment { rest.find("-->").map(|end| end + 3) } else { end_of_tag(rest) };
        let is_tag =
            is_comment || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        let Some(end) = end.filter(|_| is_tag) else {
            at = start + 1;
            continue;
        };
        tokens.push(Token::Text(&html[text_from..start]));
        let inner = rest[..end].trim_end_matches('>').trim_end_matches('/');
        if let Some(name) = inner.strip_prefix('/') {
            tokens.push(Token::Close(name.trim().to_ascii_lowercase()));
        } else if !is_comment && !inner.starts_with('!') {
            let name_end = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
            tokens.push(Token::Open(inner[..name_end].to_ascii_lowercase(), &inner[name_end..]));
        }
        at = start + 1 + end;
        text_from = at;
    }
    tokens.push(Token::Text(&html[text_from..]));
    tokens
}

/// The byte behind the `>` of a tag, which may have others between quotation marks.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in rest.char_indices() {
        match (quote, character) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    rest.find('>').map(|at| at + 1)
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "ul"
            | "ol"
            | "li"
            | "hr"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "dl"
            | "dt"
            | "dd"
            | "pre"
    )
}

/// Blocks that stand within one thing: the text, a quotation, an item of a list.
#[derive(Default)]
struct Frame {
    blocks: Vec<String>,
    line: String,
    /// What stands before its first line, and before all others.
    marks: (String, String),
    /// The number of the next item, in a list.
    list: Option<Option<usize>>,
    /// The marks of the heading that the line is.
    heading: &'static str,
}

impl Frame {
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim().trim_end_matches('\\').trim_end();
        let heading = std::mem::take(&mut self.heading);
        if !line.is_empty() {
            self.blocks.push(format!("{heading}{}", guarded(line)));
        }
    }

    fn finished(mut self) -> String {
        self.end_line();
        let between = if self.list.is_some() { "\n" } else { "\n\n" };
        let text = self.blocks.join(between);
        let (first, others) = &self.marks;
        let lines = text.lines().enumerate().map(|(at, line)| match at {
            0 => format!("{first}{line}"),
            _ => format!("{others}{line}").trim_end().to_string(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// A paragraph whose lines begin no list, heading or quotation by chance.
fn guarded(paragraph: &str) -> String {
    let guard = |line: &str| {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let is_numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
        match line.chars().next() {
            _ if is_numbered => format!("{}\\{}", &line[..digits], &line[digits..]),
            Some('>' | '+' | '-' | '=' | ':' | '|') => format!("\\{line}"),
            Some('#') => format!("\\{line}"),
            _ => line.to_string(),
        }
    };
    paragraph.lines().map(|line| guard(line.trim())).collect::<Vec<_>>().join("\n")
}

struct Writer<'a> {
    frames: Vec<Frame>,
    links: Vec<Option<String>>,
    /// The element whose inside is left out.
    silent: Option<String>,
    found: &'a mut Found,
}

impl Writer<'_> {
    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the first frame is never ended before the text is")
    }

    fn end_frame(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        if let Some(frame) = self.frames.pop() {
            let text = frame.finished();
            let outer = self.frame();
            outer.end_line();
            if !text.trim().is_empty() {
                outer.blocks.push(text);
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.silent.is_some() {
            return;
        }
        for (at, paragraph) in text.replace("\r\n", "\n").split("\n\n").enumerate() {
            if at > 0 && !paragraph.trim().is_empty() {
                self.frame().end_line();
            }
            let mut words = paragraph.split_whitespace().peekable();
            let line = &mut self.frame().line;
            if paragraph.starts_with(char::is_whitespace) && !line.ends_with(' ') && !line.is_empty() {
                line.push(' ');
            }
            while let Some(word) = words.next() {
                line.push_str(&escaped(word));
                if words.peek().is_some() || paragraph.ends_with(char::is_whitespace) {
                    line.push(' ');
                }
            }
        }
    }

    fn open(&mut self, name: &str, all: &[Attribute]) {
        if self.silent.is_some() {
            return;
        }
        match name {
            "br" => self.frame().line.push_str("\\\n"),
            "em" | "i" => self.frame().line.push('*'),
            "strong" | "b" => self.frame().line.push_str("**"),
            "a" => self.open_link(all),
            "img" => self.picture(all),
            "hr" => {
                self.frame().end_line();
                self.frame().blocks.push("* * *".to_string());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.frame().end_line();
                self.frame().heading = if matches!(name, "h1" | "h2") { "## " } else { "### " };
            }
            "blockquote" => {
                self.begin(Frame { marks: ("> ".to_string(), "> ".to_string()), ..Frame::default() })
            }
            "ul" => self.begin(Frame { list: Some(None), ..Frame::default() }),
            "ol" => self.begin(Frame { list: Some(Some(1)), ..Frame::default() }),
            "li" => self.item(),
            "script" | "style" => {
                self.silent = Some(name.to_string());
                self.found.push((Reason::Html, format!("`<{name}>` was left out")));
            }
            "iframe" | "video" | "audio" | "embed" | "object" | "source" => self.film(name, all),
            name if is_block(name) => self.frame().end_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.silent.as_deref() == Some(name) {
            self.silent = None;
        }
        if self.silent.is_some() {
            return;
        }
        match name {
            "em" | "i" => self.end_mark("*"),
            "strong" | "b" => self.end_mark("**"),
            "a" => {
                if let Some(Some(address)) = self.links.pop() {
                    self.frame().line.push_str(&format!("](<{address}>)"));
                }
            }
            "blockquote" | "ul" | "ol" | "li" => self.end_frame(),
            name if is_block(name) => self.frame().end_line(),
            _ => {}
        }
    }

    fn begin(&mut self, frame: Frame) {
        self.frame().end_line();
        self.frames.push(frame);
    }

    fn item(&mut self) {
        if self.frame().list.is_none() && self.frames.len() > 1 && self.frame().marks.0 != "> " {
            self.end_frame();
        }
        let mark = match &mut self.frame().list {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_string(),
        };
        let others = " ".repeat(mark.len());
        self.begin(Frame { marks: (mark, others), ..Frame::default() });
    }

    /// Ends emphasis behind the last word, since Markdown takes no space there.
    fn end_mark(&mut self, mark: &str) {
        let line = &mut self.frame().line;
        let kept = line.trim_end().len();
        let spaces = line[kept..].to_string();
        line.truncate(kept);
        match line.strip_suffix(mark).map(str::len) {
            Some(without) => line.truncate(without),
            None => line.push_str(mark),
        }
        line.push_str(&spaces);
    }

    fn open_link(&mut self, all: &[Attribute]) {
        let address = attributes::get(all, "href").map(|href| decoded(href.trim()));
        let address = address.map(|address| match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => address,
        });
        let address =
            address.filter(|address| is_link(address)).map(|address| address.replace(['<', '>', '\n'], ""));
        if address.is_some() {
            self.frame().line.push('[');
        }
        self.links.push(address);
    }

    fn picture(&mut self, all: &[Attribute]) {
        let source = attributes::get(all, "src").unwrap_or_default().to_string();
        let alt = attributes::get(all, "alt").unwrap_or_default().to_string();
        self.found.push((Reason::Media, format!("the picture `{source}` in the text became a link")));
        if is_link(&source) {
            let shown = if alt.is_empty() { source.clone() } else { alt };
            self.frame().line.push_str(&format!("[{}](<{source}>)", escaped(&shown)));
        }
    }

    /// A frame with a film becomes a link to it.
    fn film(&mut self, name: &str, all: &[Attribute]) {
        let Some(source) = attributes::get(all, "src") else { return };
        let source =
            source.strip_prefix("//").map_or_else(|| source.to_string(), |rest| format!("https://{rest}"));
        self.found.push((Reason::Media, format!("`<{name}>` became a link to `{source}`")));
        if is_link(&source) {
            self.frame().line.push_str(&format!("<{source}>"));
        }
    }
}

fn is_link(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

/// A word without Markdown's marks.
pub(super) fn escaped(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for character in word.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '{' | '}') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{plain, to_markdown};

    fn markdown(html: &str) -> String {
        to_markdown(html, &mut Vec::new())
    }

    #[test]
    fn html_becomes_markdown() {
        let cases = [
            (
                "<p class=\"lead\">In <b>bold</b> and <em>soft </em>words.</p><p>Two</p>",
                "In **bold** and *soft* words.\n\nTwo",
            ),
            (
                "a <a href='https://a.example/?a=1&amp;b=2'>link</a>.",
                "a [link](<https://a.example/?a=1&b=2>).",
            ),
            ("<ul><li>a</li><li>b<br>c</li></ul>", "- a\n- b\\\n  c"),
            ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
            ("<blockquote><p>a</p><p>b</p></blockquote>c", "> a\n>\n> b\n\nc"),
            ("1. not a list * and no_emphasis", "1\\. not a list \\* and no\\_emphasis"),
            ("# no heading", "\\# no heading"),
            ("AT&amp;T &lt; 3 < 4 &eacute;", "AT&amp;T &lt; 3 \\< 4 &eacute;"),
            ("<a href=\"javascript:x\">a</a>", "a"),
            ("one\n\ntwo", "one\n\ntwo"),
        ];
        for (html, expected) in cases {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_left_out_is_named() {
        let mut found = Vec::new();
        let text = to_markdown("a<script>b</script><iframe src=\"//v.example/1\"></iframe>", &mut found);
        assert_eq!(text, "a<https://v.example/1>");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_title_is_plain() {
        assert_eq!(
            plain("Whitney<br/> 1963 &amp; <i>2012</i> &eacute; *x* &nope; a&b"),
            "Whitney 1963 & 2012 é *x* &nope; a&b"
        );
    }

    #[test]
    fn broken_html_ends_somewhere() {
        for html in [
            "<",
            "<a",
            "</",
            "<!--",
            "</li></ul></blockquote>",
            "<li>",
            "<ul></li></li>",
            "<a href=\"",
            "é<é>",
            "<b></b>",
        ] {
            markdown(html);
            plain(html);
        }
    }
}
