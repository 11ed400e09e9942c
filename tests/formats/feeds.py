"""Every Atom feed of a built site, by the rules of RFC 4287 and as feedparser reads it.

    python feeds.py FOLDER

Prints what is wrong, a line each, and ends with 0 when nothing is. The parser of XML is Python's own, which shares nothing
with the program that wrote the feeds.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path

import feedparser

ATOM = "{http://www.w3.org/2005/Atom}"
OURS = "{urn:dateline:feed:1}"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

folder = Path(sys.argv[1])
findings = []


class Content(HTMLParser):
    """Addresses that are not whole, and elements that a reader must not be given."""

    def __init__(self, tell):
        super().__init__()
        self.tell = tell

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "style", "iframe", "object", "embed", "form", "link", "meta"):
            self.tell(f"<{tag}> in the content")
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.tell(f"the attribute {name} in the content")
            if name in ("href", "src", "poster", "cite") and not re.match(r"https?://|mailto:", value or ""):
                self.tell(f"the address «{value}» is not whole")
            if name == "srcset":
                for candidate in re.split(r",\s+", value):
                    if not candidate.strip().startswith("http"):
                        self.tell(f"the address «{candidate}» is not whole")


def one(parent, name, tell, of=ATOM):
    found = parent.findall(of + name)
    if len(found) != 1:
        tell(f"{len(found)} elements «{name}» where one is due")
    return found[0] if found else None


def judge_text(element, tell):
    if element is not None and element.get("type", "text") == "text" and not (element.text or "").strip():
        tell(f"«{element.tag.removeprefix(ATOM)}» is empty")


def judge_date(element, tell):
    if element is None or not DATE.fullmatch(element.text or ""):
        tell("a date is not written as RFC 3339 has it")
        return ""
    return element.text


def judge_id(element, tell):
    if element is None or not re.match(r"[a-z][a-z0-9+.-]*:\S+$", element.text or ""):
        tell("an id is no IRI")
        return ""
    return element.text


def judge_person(person, tell):
    name = one(person, "name", tell)
    judge_text(name, tell)


def judge_entry(entry, feed_has_author, tell):
    identity = judge_id(one(entry, "id", tell), tell)
    tell_entry = lambda what: tell(f"{identity}: {what}")
    title = one(entry, "title", tell_entry)
    judge_text(title, tell_entry)
    if title is not None and "\n" in (title.text or ""):
        tell_entry("a title over several lines")
    updated = judge_date(one(entry, "updated", tell_entry), tell_entry)
    published = entry.findall(ATOM + "published")
    if len(published) > 1:
        tell_entry("several «published»")
    if published and judge_date(published[0], tell_entry) > updated:
        tell_entry("updated before it was published")
    authors = entry.findall(ATOM + "author")
    if not authors and not feed_has_author:
        tell_entry("nobody wrote it")
    for author in authors:
        judge_person(author, tell_entry)
    content = entry.findall(ATOM + "content")
    if len(content) > 1:
        tell_entry("several «content»")
    alternates = [link for link in entry.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]
    if not content and not alternates:
        tell_entry("neither content nor a link")
    kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
    if len(kinds) != len(set(kinds)):
        tell_entry("two alternate links of one type")
    for link in entry.findall(ATOM + "link"):
        if not re.match(r"https?://", link.get("href", "")):
            tell_entry("a link that is not whole")
    for category in entry.findall(ATOM + "category"):
        if not category.get("term"):
            tell_entry("a category without a term")
    for element in content:
        if element.get("type") != "html" or len(element):
            tell_entry("the content is not escaped HTML")
        Content(tell_entry).feed(element.text or "")
    for happened in entry.findall(OURS + "happened"):
        if not happened.get("edtf") or not happened.get("precision") or not (happened.text or "").strip():
            tell_entry("the date of the event lacks a part")
        if (happened.text or "").strip() not in re.sub(r"<[^>]+>", "", content[0].text).replace("&amp;", "&"):
            tell_entry("the date of the event does not stand in its text")
    return identity, updated


def judge(path):
    name = path.relative_to(folder).as_posix()
    tell = lambda what: findings.append(f"{name}: {what}")
    try:
        feed = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        return tell(f"is no XML: {error}")
    if feed.tag != ATOM + "feed":
        return tell("the root is no feed")
    judge_id(one(feed, "id", tell), tell)
    judge_text(one(feed, "title", tell), tell)
    changed = judge_date(one(feed, "updated", tell), tell)
    if not feed.get(LANGUAGE):
        tell("no language")
    relations = [link.get("rel", "alternate") for link in feed.findall(ATOM + "link")]
    for relation in ("self", "alternate"):
        if relations.count(relation) != 1:
            tell(f"{relations.count(relation)} links «{relation}» where one is due")
    own = [link.get("href", "") for link in feed.findall(ATOM + "link") if link.get("rel") == "self"]
    if own and not own[0].endswith("/" + name):
        tell(f"says that it stands at {own[0]}")
    has_author = bool(feed.findall(ATOM + "author"))
    for author in feed.findall(ATOM + "author"):
        judge_person(author, tell)
    entries = [judge_entry(entry, has_author, tell) for entry in feed.findall(ATOM + "entry")]
    if not entries:
        tell("no entry")
    if len({identity for identity, _ in entries}) != len(entries):
        tell("two entries with one id")
    if entries and changed != max(updated for _, updated in entries):
        tell("was not updated when its last entry was")
    read_by_feedparser(path, feed, entries, tell)


def read_by_feedparser(path, feed, entries, tell):
    read = feedparser.parse(path.read_bytes())
    if read.bozo:
        tell(f"feedparser: {read.bozo_exception}")
    if [entry.id for entry in read.entries] != [identity for identity, _ in entries]:
        tell("feedparser reads other entries")
    titles = [(element.find(ATOM + "title").text or "").strip() for element in feed.findall(ATOM + "entry")]
    if [entry.title for entry in read.entries] != titles:
        tell("feedparser reads other titles")
    for entry in read.entries:
        if not entry.get("updated_parsed") or not entry.get("link"):
            tell(f"feedparser finds no date or no link in {entry.get('id')}")
        if not entry.get("content") or not entry.content[0].value.strip():
            tell(f"feedparser finds no content in {entry.get('id')}")


feeds = sorted(folder.rglob("feed.xml"))
for path in feeds:
    judge(path)
for finding in findings:
    print(finding)
print(f"{len(findings)} findings; judged: {len(feeds)} feeds")
sys.exit(1 if findings or not feeds else 0)
