"""Every calendar of a built site: by the rules of RFC 5545, and as two readers take it that share nothing, icalendar and ical.js.

    python calendars.py FOLDER

Both must read the very events that timeline.json has to the day or to the minute, with the same titles, days and instants.
Prints what is wrong, a line each, and ends with 0 when nothing is.
"""

import json
import re
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import icalendar

folder = Path(sys.argv[1])
reader = Path(__file__).parent.parent / "judges" / "calendar.mjs"
findings = []
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\??")


def judge_text(raw, tell):
    if not raw.endswith(b"\r\n"):
        tell("the last line has no end")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", raw):
        tell("a line end is not CRLF")
    for line in raw.split(b"\r\n"):
        if len(line) > 75:
            tell(f"a line of {len(line)} octets: {line[:40]!r}")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            tell(f"a letter is cut in two: {line[:40]!r}")
    if re.search(rb"VALUE=DATE:\d{8}T", raw):
        tell("a day has a time")


def judge_components(calendar, tell):
    for component in calendar.walk():
        for property_name, error in component.errors:
            tell(f"{component.name}: {property_name}: {error}")
        for required in component.required:
            if required not in component:
                tell(f"{component.name} has no {required}")
        if component.name == "VTIMEZONE":
            judge_zone(component, calendar, tell)
        if component.name == "VEVENT":
            judge_event(component, tell)
    uids = [event["UID"] for event in calendar.walk("VEVENT")]
    if len(uids) != len(set(uids)):
        tell("two events have one UID")
    if not uids:
        tell("has no event")


def judge_event(event, tell):
    start, end = event["DTSTART"].dt, event.get("DTEND")
    if event["DTSTAMP"].dt.utcoffset() != timedelta(0):
        tell(f"{event['UID']}: the stamp is not in UTC")
    if event["DTSTAMP"].dt > datetime(2026, 11, 24, 12, tzinfo=timezone.utc):
        tell(f"{event['UID']}: the stamp is no article's")
    if type(start) is date and (end is None or type(end.dt) is not date or end.dt <= start):
        tell(f"{event['UID']}: the end of days is not the day after")
    if type(start) is datetime and start.tzinfo is None:
        tell(f"{event['UID']}: a time of nobody's clock")
    if event.get("TRANSP") != "TRANSPARENT":
        tell(f"{event['UID']}: makes its readers busy")


def judge_zone(zone, calendar, tell):
    """The zone as the calendar describes it against Python's own database, at the times of the events."""
    described = zone.to_tz(lookup_tzid=False)
    used = False
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"]
        if start.params.get("TZID") != zone["TZID"]:
            continue
        used = True
        wall = start.dt.replace(tzinfo=None)
        due, told = start.dt.utcoffset(), described.utcoffset(wall)
        if due != told:
            tell(f"{zone['TZID']} is {told} at {wall}, and should be {due}")
    if not used:
        tell(f"the zone {zone['TZID']} is of no use")


def read_by_icalendar(calendar):
    def text(moment):
        if type(moment) is date:
            return moment.isoformat()
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        yield {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "place": str(event["LOCATION"]) if "LOCATION" in event else None,
            "edtf": str(event["X-DATELINE-EDTF"]),
            "start": text(start),
            "end": text(event["DTEND"].dt) if type(start) is date else None,
        }


def due(timeline):
    """The events that a calendar must have: what is known to the day or to the minute, in years of four digits."""
    for event in timeline["events"]:
        edtf, first, last = (event["date"][key] for key in ("edtf", "earliest", "latest"))
        days = edtf.split("/")
        if not first or not last or not re.match(r"(?!0000)\d{4}-", first) or last.startswith("9999-12-31"):
            continue
        if "T" in first:
            moment = datetime.fromisoformat(first).astimezone(timezone.utc)
            start, end = moment.strftime("%Y-%m-%dT%H:%M:%SZ"), None
        elif len(days) < 3 and all(DAY.fullmatch(day.replace("?", "") + "?" * ("?" in day)) for day in days):
            start, end = first, (date.fromisoformat(last) + timedelta(days=1)).isoformat()
        else:
            continue
        title = " ".join(event["title"].split())
        yield {"title": title, "edtf": edtf, "start": start, "end": end}


def judge(path):
    name = path.relative_to(folder).as_posix()
    tell = lambda what: findings.append(f"{name}: {what}")
    raw = path.read_bytes()
    judge_text(raw, tell)
    try:
        calendar = icalendar.Calendar.from_ical(raw)
        judge_components(calendar, tell)
        one = list(read_by_icalendar(calendar))
    except Exception as error:
        return tell(f"icalendar can't read it: {error!r}")
    answer = subprocess.run(["node", reader, path], capture_output=True, text=True)
    if answer.returncode != 0:
        return tell(f"ical.js can't read it: {answer.stderr.strip()[-300:]}")
    other = json.loads(answer.stdout)["events"]
    for here, there in zip(one, other):
        for key in here:
            if here[key] != there[key]:
                tell(f"{here['uid']}: icalendar reads {key} {here[key]!r}, ical.js {there[key]!r}")
    if len(one) != len(other):
        tell(f"icalendar reads {len(one)} events, ical.js {len(other)}")
    wanted = list(due(json.loads((path.parent / "timeline.json").read_text())))
    read = [{key: event[key] for key in ("title", "edtf", "start", "end")} for event in one]
    for event in wanted:
        if event not in read:
            tell(f"has no {event}")
    for event in read:
        if event not in wanted:
            tell(f"has {event}, which nobody knows so exactly")


calendars = sorted(folder.rglob("calendar.ics"))
for path in calendars:
    judge(path)
for finding in findings:
    print(finding)
print(f"{len(findings)} findings; judged: {len(calendars)} calendars")
sys.exit(1 if findings or not calendars else 0)
