"""Every events.csv of a built site: by the rules of RFC 4180, and as Python's csv reads it, cell by cell against timeline.json.

    python tables.py FOLDER

Prints what is wrong, a line each, and ends with 0 when nothing is.
"""

import csv
import io
import json
import re
import sys
from pathlib import Path

folder = Path(sys.argv[1])
findings = []
FORMULA = re.compile(r"[=+\-@\t\r\n|%＝＋－＠]")


def plain(cell):
    """The text of a cell, without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell.lstrip("'")) else cell


def names(cell):
    parts = re.findall(r"((?:\\.|[^\\;])*)(?:; |$)", cell)
    return [re.sub(r"\\(.)", r"\1", part) for part in parts[:-1]] if cell else []


def judge(path):
    name = path.relative_to(folder).as_posix()
    tell = lambda what: findings.append(f"{name}: {what}")
    raw = path.read_bytes()
    if not raw.startswith(b"\xef\xbb\xbf"):
        tell("has no mark by which spreadsheets know UTF-8")
    if not raw.endswith(b"\r\n"):
        tell("the last row has no end")
    text = raw.decode("utf-8-sig")
    outside = re.sub(r'"(?:[^"]|"")*"', "", text)
    if re.search(r"(?<!\r)\n|\r(?!\n)", outside):
        tell("a row does not end with CRLF")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    if any(None in row or None in row.values() for row in rows):
        tell("a row has more or fewer cells than the first")
    for row in rows:
        for column, cell in row.items():
            if FORMULA.match(cell):
                tell(f"{row['id']}: {column} begins a formula: {cell[:40]!r}")
    for column in rows[0] if rows else ():
        if column in ("earliest", "latest", "start", "end"):
            tell(f"the column {column} could be taken for a date")
    compare(rows, json.loads((path.parent / "timeline.json").read_text()), tell)


def compare(rows, timeline, tell):
    if [plain(row["id"]) for row in rows] != [event["id"] for event in timeline["events"]]:
        tell("the events are not those of timeline.json")
    line = lambda text: (text or "").replace("\r\n", "\n").replace("\r", "\n")
    for row, event in zip(rows, timeline["events"]):
        date = event["date"]
        wanted = {
            "title": event["title"],
            "date": date["display"],
            "edtf": date["edtf"],
            "precision": date["precision"],
            "certainty": date["certainty"],
            "date_note": date["note"],
            "summary": event["summary"],
            "weight": event["weight"],
            "role": event["role"],
            "track": event["track"],
            "published": event["published"],
            "updated": event["updated"],
            "url": event["url"],
        }
        for column, text in wanted.items():
            if plain(row[column]) != line(text):
                tell(f"{event['id']}: {column} is {plain(row[column])!r}, and should be {text!r}")
        lists = {kind: [one["name"] for one in event[kind]] for kind in ("places", "people", "organizations", "topics")}
        lists |= {"authors": event["authors"], "sources": [source["title"] for source in event["sources"]]}
        for column, all_of in lists.items():
            if names(plain(row[column])) != [line(one) for one in all_of]:
                tell(f"{event['id']}: {column} are {names(plain(row[column]))!r}, and should be {all_of!r}")


tables = sorted(folder.rglob("events.csv"))
for path in tables:
    judge(path)
for finding in findings:
    print(finding)
print(f"{len(findings)} findings; judged: {len(tables)} tables")
sys.exit(1 if findings or not tables else 0)
