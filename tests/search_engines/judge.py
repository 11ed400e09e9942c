"""What search engines and other sites read of a built site, by programs that share no line with Dateline.

    judge.py SITE    prints its findings by page, and ends with 0 when there are none

extruct takes JSON-LD and Open Graph out of each page, PyLD expands every object by a context of schema.org, the vocabulary's
own classes say which properties a type has and which values those take, and Pillow measures the pictures. The context is
given here: nothing is asked of the network.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

import extruct
import msgspec_schemaorg.models as vocabulary
from lxml import etree, html
from PIL import Image
from pyld import jsonld

HERE = Path(__file__).parent
CONTEXT = json.loads((HERE / "context.json").read_text())
DAY = r"\d{4}-\d\d-\d\d"
MOMENT = DAY + r"T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)"
EXACT = DAY + r"T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"
DATE = rf"\d{{4}}|\d{{4}}-\d\d|{DAY}|{MOMENT}"
ADDRESS = r"https?://[^\s<>\"]+"
found = []


def say(page, sentence):
    found.append(f"{page}: {sentence}")


def properties(kind):
    known = {}
    for one in reversed(getattr(vocabulary, kind).__mro__):
        known.update(getattr(one, "__annotations__", {}))
    return {name: str(values) for name, values in known.items()}


def is_kind(kind, other):
    known = getattr(vocabulary, kind, None)
    return known is not None and any(one.__name__ == other for one in known.__mro__)


def check_value(page, where, name, value, range_):
    names = set(re.findall(r"\w+", range_))
    if isinstance(value, dict):
        kind = value.get("@type")
        if not any(is_kind(kind, other) for other in names):
            say(page, f"{where}.{name} is a {kind}, which the vocabulary does not allow")
        check_object(page, value, f"{where}.{name}")
    elif isinstance(value, bool):
        if "bool" not in names:
            say(page, f"{where}.{name} is no truth value")
    elif isinstance(value, (int, float)):
        if not names & {"int", "float"}:
            say(page, f"{where}.{name} is a number")
    elif not value.strip():
        say(page, f"{where}.{name} is empty")
    elif name == "item" and re.fullmatch(ADDRESS, value):
        pass  # breadcrumbs name a page by its address, as Google describes them
    elif name == "width" or name == "height":
        if not re.fullmatch(r"\d+ px", value):
            say(page, f"{where}.{name} is no distance: {value}")
    elif "str" in names or is_enumeration(names, value):
        pass
    elif names & {"datetime", "date"}:
        pattern = DATE if "date" in names else MOMENT
        if not re.fullmatch(pattern, value):
            say(page, f"{where}.{name} is no time: {value}")
    elif "URL" in names:
        if not re.fullmatch(ADDRESS, value):
            say(page, f"{where}.{name} is no absolute address: {value}")
    else:
        say(page, f"{where}.{name} is a text, which the vocabulary does not allow: {value}")


def is_enumeration(names, value):
    return value.startswith("https://schema.org/") and any(name.endswith("Type") for name in names)


def check_object(page, thing, where):
    kind = thing.get("@type")
    if not hasattr(vocabulary, str(kind)):
        say(page, f"{where}: schema.org has no type {kind}")
        return
    known = properties(kind)
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        if name not in known:
            say(page, f"{where}: a {kind} has no property {name}")
            continue
        for one in value if isinstance(value, list) else [value]:
            check_value(page, where, name, one, known[name])
    for name in ("url", "contentUrl", "@id"):
        if name in thing and not re.fullmatch(ADDRESS, thing[name]):
            say(page, f"{where}.{name} is no absolute address: {thing[name]}")
    for name in ("datePublished", "dateModified", "coverageStartTime"):
        exact = kind in ("NewsArticle", "BlogPosting", "LiveBlogPosting")
        if exact and name in thing and not re.fullmatch(EXACT, thing[name]):
            say(page, f"{where}.{name} has no time with an offset: {thing[name]}")


def count(value):
    """How many values a JSON-LD processor must find: those that it drops, it does not know."""
    if isinstance(value, dict):
        return sum(count(one) for name, one in value.items() if name != "@context")
    return sum(map(count, value)) if isinstance(value, list) else 1


def expand(page, thing):
    loader = lambda url, options: {"contextUrl": None, "documentUrl": url, "document": CONTEXT}
    try:
        expanded = jsonld.expand(thing, {"documentLoader": loader})
    except jsonld.JsonLdError as error:
        say(page, f"no JSON-LD: {error}")
        return
    if count(expanded) != count(thing):
        say(page, "a JSON-LD processor drops a part of an object")


def check_lists(page, tree, things):
    for thing in things:
        items = thing.get("itemListElement", [])
        if not thing["@type"].endswith("List"):
            continue
        if [item.get("position") for item in items] != list(range(1, len(items) + 1)):
            say(page, f"the positions of the {thing['@type']} are not 1, 2, 3, …")
        if thing["@type"] == "BreadcrumbList" and len(items) < 2:
            say(page, "breadcrumbs of less than two steps")
        if thing["@type"] == "ItemList":
            shown = len(tree.xpath("//article[@id][@data-edtf]"))
            if thing["numberOfItems"] != len(items):
                say(page, "numberOfItems is not the number of items")
            if "timeline-page" in tree.body.get("class") and shown != len(items):
                say(page, f"{len(items)} items are listed, and {shown} events stand on the page")
            if not all(item.get("url") and item.get("name") for item in items):
                say(page, "an item of the list has no address or no name")


def check_article(page, tree, article, meta):
    edtf = tree.xpath("string(//article/@data-edtf)")
    moment, coverage = article.get("contentReferenceTime"), article.get("temporalCoverage")
    if "T" not in edtf and moment:
        say(page, f"{edtf} is told as the moment {moment}")
    if coverage and coverage != edtf:
        say(page, f"{edtf} is told as {coverage}")
    if edtf != "unknown" and not (moment or coverage):
        say(page, f"nothing is said of the time {edtf}")
    for name, tag in (("datePublished", "published_time"), ("dateModified", "modified_time")):
        if article.get(name) != (meta.get(f"article:{tag}") or [None])[0]:
            say(page, f"{name} and article:{tag} do not agree")


WANTED = {
    "front-page": ["WebSite"],
    "timeline-page": ["ItemList", "BreadcrumbList"],
    "track-page": ["CollectionPage", "ItemList", "BreadcrumbList"],
    "reported-page": ["CollectionPage", "ItemList", "BreadcrumbList"],
    "event-page": ["NewsArticle", "BreadcrumbList"],
    "entity-page": ["BreadcrumbList"],
    "entities-page": ["CollectionPage", "BreadcrumbList"],
    "page-page": ["WebPage", "BreadcrumbList"],
}
WHOLE = {"timeline-page": ["NewsArticle", "LiveBlogPosting", "CollectionPage"],
         "entity-page": ["Person", "Organization", "Place", "DefinedTerm"]}


def check_structure(page, tree, meta, canonical):
    blocks = tree.xpath("//script[@type='application/ld+json']")
    things = extruct.extract(html.tostring(tree), syntaxes=["json-ld"])["json-ld"]
    if len(things) != len(blocks):
        say(page, f"{len(blocks)} blocks of JSON-LD, of which {len(things)} are read")
    kinds = [thing.get("@type") for thing in things]
    body = tree.body.get("class", "")
    for kind in WANTED.get(body, []):
        if kind not in kinds:
            say(page, f"no {kind}")
    if body in WHOLE and not set(kinds) & set(WHOLE[body]):
        say(page, f"none of {', '.join(WHOLE[body])}")
    ids = [thing.get("@id") for thing in things]
    if None in ids or len(set(ids)) != len(ids):
        say(page, "an object has no @id of its own")
    for thing in things:
        check_object(page, thing, thing.get("@type"))
        expand(page, thing)
        if thing.get("mainEntityOfPage", canonical) != canonical:
            say(page, "mainEntityOfPage is not the canonical address")
        if thing["@type"] == "NewsArticle" and body == "event-page":
            check_article(page, tree, thing, meta)
        if thing["@type"] == "LiveBlogPosting":
            check_posts(page, tree, thing)
    check_lists(page, tree, things)


def check_posts(page, tree, live):
    posts = live.get("liveBlogUpdate", [])
    for post in posts:
        anchor = unquote(urlsplit(post["url"]).fragment)
        if not tree.xpath("//*[@id=$anchor]", anchor=anchor):
            say(page, f"the post {post['url']} is not on the page")
        if not isinstance(post.get("articleBody"), str) or not post["articleBody"].strip():
            say(page, f"the post {post['url']} has no body")
    times = [post["datePublished"] for post in posts]
    if len(posts) == 0 or "coverageEndTime" in live:
        say(page, "coverage that goes on has posts and no end")
    if times and min(times) < live["coverageStartTime"]:
        say(page, "a post is older than the coverage")


def check_shared(site, base, page, tree, meta, canonical):
    first = lambda name: (meta.get(name) or [""])[0]
    for name in ("og:type", "og:title", "og:site_name", "og:locale", "twitter:card", "twitter:title"):
        if not first(name).strip():
            say(page, f"no {name}")
    description = tree.xpath("string(//meta[@name='description']/@content)")
    if not description.strip() or description != first("og:description") or description != first("twitter:description"):
        say(page, "the descriptions are missing, or do not agree")
    if first("og:url") != canonical:
        say(page, "og:url is not the canonical address")
    if not re.fullmatch(r"[a-z]{2,3}(_([A-Z]{2}|\d{3}))?", first("og:locale")):
        say(page, f"og:locale is {first('og:locale')}")
    image = first("og:image")
    if not image:
        if tree.body.get("class") in ("event-page", "timeline-page") and can_be_drawn(first("og:title")):
            say(page, "no og:image")
        return
    if not first("og:image:alt").strip() or image != first("twitter:image"):
        say(page, "the picture has no alt, or is another one for Twitter")
    if not image.startswith(base):
        say(page, f"the picture is not of this site: {image}")
        return
    path = site / unquote(image[len(base):])
    if not path.is_file():
        say(page, f"the picture is not there: {image}")
        return
    with Image.open(path) as opened:
        size = opened.size
        if size != (int(first("og:image:width")), int(first("og:image:height"))):
            say(page, f"the picture is {size[0]} × {size[1]}")
        if path.name.startswith("card."):
            colours = opened.convert("RGB").getcolors(1 << 20)
            if size != (1200, 630) or opened.format != "PNG" or path.stat().st_size > 120_000 or len(colours) < 8:
                say(page, f"{image} is no card: {opened.format}, {size}, {len(colours)} colours")


def can_be_drawn(title):
    scripts = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "COMBINING", "MODIFIER")
    return all(unicodedata.name(one, "").startswith(scripts) for one in title if one.isalpha())


def main(site):
    front = html.parse(str(site / "index.html")).getroot()
    base = front.xpath("string(//link[@rel='canonical']/@href)")
    indexable = set()
    pages = sorted(site.rglob("*.html"))
    for path in pages:
        page = str(path.relative_to(site))
        tree = html.document_fromstring(path.read_text(encoding="utf-8"))
        meta = {}
        for one in tree.xpath("//head/meta[@property or starts-with(@name, 'twitter:')]"):
            meta.setdefault(one.get("property") or one.get("name"), []).append(one.get("content"))
        robots = tree.xpath("//meta[@name='robots']/@content")
        if robots == ["noindex"]:
            if meta or tree.xpath("//script[@type='application/ld+json']"):
                say(page, "a hidden page is described")
            continue
        canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
        if "/embed/" in page or path.name == "archive.html":
            continue
        if robots != ["max-image-preview:large"]:
            say(page, f"robots are told {robots}")
        indexable.add(canonical)
        check_shared(site, base, page, tree, meta, canonical)
        check_structure(page, tree, meta, canonical)
    check_sitemaps(site, base, indexable)
    for line in found:
        print(line)
    print(f"{len(pages)} pages, {len(found)} findings")
    return 1 if found or not pages else 0


def check_sitemaps(site, base, indexable):
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
    listed = [loc.text for loc in etree.parse(str(site / "sitemap.xml")).iter(name)]
    for address in sorted(indexable - set(listed)):
        say("sitemap.xml", f"{address} is not listed")
    for address in sorted(set(listed) - indexable):
        say("sitemap.xml", f"{address} is listed, and is no page for readers")
    if len(set(listed)) != len(listed):
        say("sitemap.xml", "an address is listed twice")


sys.exit(main(Path(sys.argv[1])))
