//! What another site copies to show a page of this one in a frame, and where a machine finds the same.

use serde::Serialize;
use tera::Value;

use super::Scene;
use super::alternates::Alternate;
use super::embed::title_of;
use super::frame::site_title;
use crate::address::Address;
use crate::input::settings::OutputFormat;
use crate::site::{Embed, LOADER, TimelineIndex};

/// A piece of HTML that an author of another site copies.
#[derive(Debug, Serialize)]
pub(super) struct EmbedCode {
    /// What it shows, in a word or two.
    pub title: String,
    pub code: String,
    /// The link to what it shows.
    pub href: String,
}

/// How wide a frame is where nobody says, in pixels.
pub(super) const WIDTH: u32 = 640;

/// The codes for a timeline and its key moments; none without a `base_url`.
pub(super) fn of_timeline(scene: &Scene<'_>, timeline: TimelineIndex) -> Vec<EmbedCode> {
    scene.site.embeds_of(timeline).filter_map(|embed| of(scene, embed)).collect()
}

/// The code for an embed; none without a `base_url`.
pub(super) fn of(scene: &Scene<'_>, embed: Embed) -> Option<EmbedCode> {
    let title = match embed {
        Embed::Timeline(_) => "timeline",
        Embed::KeyMoments(_) => "key_moments",
        Embed::Event(_) => "embed_event",
    };
    Some(EmbedCode {
        title: scene.words.text(title).to_string(),
        code: html(scene, embed)?,
        href: scene.linker.to(&scene.site.embed_address(embed)),
    })
}

/// The frame with what makes it as high as what is in it. Without the script it has a fixed height, and scrolls.
pub(super) fn html(scene: &Scene<'_>, embed: Embed) -> Option<String> {
    let base = scene.site.base_url().filter(|_| scene.site.offers(OutputFormat::Embeds))?;
    let source = base.absolute(&scene.site.embed_address(embed));
    let loader = base.absolute(&Address::of_file(LOADER));
    let (site_title, _) = site_title(scene);
    let title = escaped(&format!("{} – {site_title}", title_of(scene, embed)));
    let height = height(embed);
    Some(format!(
        "<iframe src=\"{source}\" title=\"{title}\" width=\"{WIDTH}\" height=\"{height}\" loading=\"lazy\" \
         style=\"width:100%;border:0\"></iframe>\n<script src=\"{loader}\" async></script>"
    ))
}

/// How high a frame is without the script, in pixels.
pub(super) fn height(embed: Embed) -> u32 {
    match embed {
        Embed::Timeline(_) => 720,
        Embed::KeyMoments(_) | Embed::Event(_) => 480,
    }
}

/// Where a page says how it is embedded (oEmbed's discovery), an [`Alternate`]; nothing without a `base_url`, or where the settings
/// want no embeds.
pub(super) fn discovery(scene: &Scene<'_>, embed: Embed) -> Option<Value> {
    let base = scene.site.base_url().filter(|_| scene.site.offers(OutputFormat::Embeds))?;
    let address = scene.site.format_address(embed.scope(), embed.description());
    Some(Value::from_serializable(&Alternate {
        href: base.absolute(&address),
        media_type: "application/json+oembed",
        title: title_of(scene, embed),
    }))
}

/// A text as the value of an attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_title_can_not_leave_its_attribute() {
        assert_eq!(escaped("«a» & \"b\"\n<c>"), "«a» &amp; &quot;b&quot; &lt;c&gt;");
    }
}
