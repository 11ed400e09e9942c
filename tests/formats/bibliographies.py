"""Every sources.bib of a built site, as bibtexparser reads it, entry by entry against sources.json.

    python bibliographies.py FOLDER

Prints what is wrong, a line each, and ends with 0 when nothing is.
"""

import json
import logging
import re
import sys
from pathlib import Path

import bibtexparser
from pylatexenc.latex2text import LatexNodes2Text

logging.disable(logging.WARNING)
folder = Path(sys.argv[1])
findings = []


def text(tex):
    """What TeX would set. The reader of TeX does not know the names of braces, which BibTeX must not count, and has another hat."""
    tex = tex.replace(r"\textbraceleft{}", "\ue000").replace(r"\textbraceright{}", "\ue001")
    return LatexNodes2Text().latex_to_text(tex).strip().replace("\ue000", "{").replace("\ue001", "}").replace("\u02c6", "^")


def judge(path):
    name = path.relative_to(folder).as_posix()
    tell = lambda what: findings.append(f"{name}: {what}")
    library = bibtexparser.parse_string(path.read_text(encoding="utf-8"))
    for block in library.failed_blocks:
        tell(f"can't be read: {block.raw[:80]!r}")
    entries = {entry.key: entry for entry in library.entries}
    if len(entries) != len(library.entries) or library.comments:
        tell("two entries have one key, or there is text between them")
    sources = json.loads((path.parent / "sources.json").read_text())
    if [entry.key for entry in library.entries] != [source["id"] for source in sources]:
        tell("the entries are not those of sources.json")
    for source in sources:
        fields = entries[source["id"]].fields_dict if source["id"] in entries else {}
        value = lambda key: fields[key].value if key in fields else None
        for key, wanted in (("title", source["title"]), ("publisher", source.get("publisher")), ("type", source.get("genre"))):
            if (text(value(key)) if value(key) else None) != wanted:
                tell(f"{source['id']}: {key} reads {value(key)!r}, and should be {wanted!r}")
        url = source.get("URL")
        if value("url") != (url and url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")):
            tell(f"{source['id']}: url reads {value('url')!r}")
        if value("year") and not re.fullmatch(r"\d{4}", value("year")):
            tell(f"{source['id']}: the year is {value('year')!r}")
        parts = source.get("issued", {}).get("date-parts", [])
        if value("year") and [value("year")] != sorted({str(part[0]) for part in parts} or {value("year")}):
            tell(f"{source['id']}: the year is {value('year')}, and the date {parts}")


bibliographies = sorted(folder.rglob("sources.bib"))
for path in bibliographies:
    judge(path)
for finding in findings:
    print(finding)
print(f"{len(findings)} findings; judged: {len(bibliographies)} bibliographies")
sys.exit(1 if findings or not bibliographies else 0)
