//! A list of attacks, each without effect; and drawings that stay as they are.

use super::{clean, size};
use crate::picture::Fault;

const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

fn cleaned(inner: &str) -> (String, Vec<String>) {
    let clean =
        clean(format!("{HEAD} xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inner}</svg>").as_bytes())
            .unwrap();
    let text = String::from_utf8(clean.bytes).unwrap();
    let inner = text.strip_prefix(&format!("{HEAD}>")).unwrap_or(&text).trim_end();
    (inner.strip_suffix("</svg>").unwrap_or(inner).to_string(), clean.removed)
}

#[test]
fn a_drawing_stays_as_it_is() {
    for inner in [
        "<defs><g id=\"a\"><circle cx=\"0\" r=\"9\"/></g></defs><use href=\"#a\" x=\"2\"/>",
        "<path fill=\"url(#shade)\" d=\"M0 0h1\" transform=\"translate(1 2)\"/>",
        "<style>.a{fill:#123}</style><text xml:space=\"preserve\">a &lt; b</text>",
        "<image href=\"data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=\" width=\"1\"/>",
        "<rect><animate attributeName=\"x\" from=\"0\" to=\"9\" dur=\"1s\"/></rect>",
    ] {
        let (found, removed) = cleaned(inner);
        assert_eq!((found.as_str(), removed.as_slice()), (inner, [].as_slice()));
    }
}

#[test]
fn notes_of_programs_go_without_a_word() {
    let inner = "<metadata>Ana</metadata><!-- at home --><?edit me?><i:layer xmlns:i=\"http://i\" i:x=\"1\"/><g i:x=\"1\" xmlns:i=\"http://i\"/>";
    assert_eq!(cleaned(inner), ("<g/>".to_string(), Vec::new()));
    let typed = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(clean(typed.as_bytes()).unwrap().bytes, format!("{HEAD}/>\n").as_bytes());
}

#[test]
fn every_attack_is_without_effect() {
    let attacks = [
        "<script>alert(1)</script>",
        "<script href=\"https://evil/x.js\"/>",
        "<g onload=\"alert(1)\" OnClick=\"x\"/>",
        "<a href=\"javascript:alert(1)\"><rect/></a>",
        "<a xlink:href=\"javascript:alert(1)\"><rect/></a>",
        "<use href=\"https://evil/x.svg#a\"/>",
        "<use xlink:href=\"data:image/svg+xml;base64,AAAA#a\"/>",
        "<image href=\"https://evil/x.png\"/>",
        "<image xlink:href=\"//evil/x.png\"/>",
        "<image href=\" java&#10;script:alert(1)\"/>",
        "<image href=\"data:image/svg+xml,evil\"/>",
        "<feImage href=\"https://evil/x.png\"/>",
        "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"><iframe src=\"https://evil\"/></body></foreignObject>",
        "<iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil\"/>",
        "<style>@import url(https://evil/x.css);</style>",
        "<style>@import 'https://evil/x.css';</style>",
        "<style><![CDATA[.a{fill:url(https://evil/x)}]]></style>",
        "<rect style=\"fill:url(https://evil/x)\"/>",
        "<rect fill=\"url(https://evil/x#a)\"/>",
        "<rect filter=\"u\\72l(https://evil/x)\"/>",
        "<set attributeName=\"href\" to=\"javascript:alert(1)\"/>",
        "<animate attributeName=\"xlink:href\" values=\"https://evil;javascript:alert(1)\"/>",
        "<set attributeName=\"onclick\" to=\"alert(1)\"/>",
        "<set attributeName=\"fill\" to=\"url(https://evil/x)\"/>",
        "<animate onbegin=\"alert(1)\" attributeName=\"x\"/>",
        "<handler type=\"text/javascript\">alert(1)</handler>",
        "<audio src=\"https://evil/x.mp3\"/>",
    ];
    for attack in attacks {
        let (found, removed) = cleaned(attack);
        let lower = found.to_lowercase();
        for piece in ["evil", "alert", "script", "href", "onload", "onclick", "onbegin", "@import", "url("] {
            assert!(!lower.contains(piece), "{attack}\nis still\n{found}");
        }
        assert!(!removed.is_empty(), "nothing is said of {attack}");
    }
}

#[test]
fn what_a_link_holds_is_shown_without_it() {
    assert_eq!(cleaned("<a href=\"https://a\"><rect/></a>").0, "<rect/>");
}

#[test]
fn entities_are_refused() {
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{HEAD}>&b;</svg>"
    );
    let outside = format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{HEAD}>&x;</svg>");
    for text in [bomb, outside] {
        assert_eq!(clean(text.as_bytes()), Err(Fault::Entities));
        assert_eq!(size(text.as_bytes()), Err(Fault::Entities));
    }
}

#[test]
fn what_is_no_drawing_is_refused() {
    for text in ["<svg/>", "<svg xmlns=\"http://www.w3.org/2000/svg\">", "<html><svg/></html>", "<svg \u{0}>"]
    {
        assert!(matches!(clean(text.as_bytes()), Err(Fault::Broken(_))), "{text}");
    }
    assert!(matches!(clean(b"<svg xmlns='http://www.w3.org/2000/svg'>\xff</svg>"), Err(Fault::Broken(_))));
}

#[test]
fn a_deep_drawing_does_not_overflow() {
    for name in ["g", "a"] {
        let (open, close) = (format!("<{name}>").repeat(100_000), format!("</{name}>").repeat(100_000));
        match clean(format!("{HEAD}>{open}{close}</svg>").as_bytes()) {
            Ok(clean) => assert!(clean.removed.contains(&format!("`<{name}>`, too deep in others"))),
            Err(fault) => assert!(matches!(fault, Fault::Broken(_))),
        }
    }
}
