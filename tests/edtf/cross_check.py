"""Compares our reading of EDTF with two other implementations: PyPI `edtf` (validity, bounds) and `edtf-validate` (validity).

Texts of digits and X are compared with an enumeration of the calendar as well, since `edtf` fails over many of them.

    python -m venv venv && venv/bin/pip install -r tests/edtf/requirements.txt
    venv/bin/python tests/edtf/cross_check.py              compares; exit status 1 on a difference without an explanation
    venv/bin/python tests/edtf/cross_check.py --generate   prints the generated texts, one a line

Our side are three files that `cargo test --test edtf` proves: examples.toml, malformed.toml and generated.tsv (text, first
day, last day; or text, `invalid`). What seasons and quarters begin and end with is a convention, and is not compared.
"""

import contextlib
import io
import itertools
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent

# Where an implementation differs for a known reason: which check, which texts, why; the first that fits counts.
EXPLAINED = [
    ("validity", lambda t, o, _: t == "unknown" or re.fullmatch(r"[\d-]{10}T\d\d:\d\d(Z|[+-][\d:]*)?", t), "an addition of ours to EDTF"),
    ("validity", lambda t, o, _: "T" in t and ":60" in t and o, "a leap second, which ISO 8601-1 allows"),
    ("validity", lambda t, o, _: "T24:00" in t and not o, "ISO 8601-1:2019 has no hour 24 any more"),
    ("validity", lambda t, o, _: t.endswith("+00:00") and o, "they allow no offset of zero but Z"),
    ("validity", lambda t, o, _: re.match(r"(2023|1900|[\dX]{4})-(02-(29|3[01X])|04-31)", t) and not o, "they do not look at the length of February or April"),
    ("validity", lambda t, o, _: re.fullmatch(r"Y-?12E2", t) and not o, "a year of four digits has no Y"),
    ("validity", lambda t, o, _: re.search(r"S\d+$", t) and not o, "significant digits are one to as many as the year has"),
    ("validity", lambda t, o, _: t == "Y9E17", "beyond the years whose seconds we count"),
    ("validity", lambda t, o, _: t == "-195X" and not o, "we take no unspecified digit in a negative year; [-1959..-1950] says it"),
    ("validity", lambda t, o, _: t in ("../..", "../", "/..", "/") and not o, "a range without a date says nothing; we have `unknown`"),
    ("validity", lambda t, o, _: t != t.strip() and not o, "they trim spaces"),
    ("validity", lambda t, o, _: is_set(t) and o, "they allow a set of one, and two dots within a set, in some places only"),
    ("validity", lambda t, o, _: marks(t) > 1 and o, "they know some combinations of marks only"),
    ("validity", lambda t, o, _: re.fullmatch(r"\d{4}-2\d[~?%]|[\dX]{4}[~?%]", t) and o, "they know no mark after a season or a decade"),
    ("validity: edtf", lambda t, o, _: single_masks(t) and o, "they fail over one unspecified digit of a month or a day"),
    ("validity", lambda t, o, _: t.count("/") == 1 and has_open_or_masked_end(t) and o, "they know open, unknown and unspecified ends in some pairs only"),
    ("validity: edtf", lambda t, o, _: "/" in t and not o, "they do not compare the ends of a range"),
    ("validity: edtf-validate", lambda t, o, _: ends_at_once(t) and o, "they refuse a coarse end in which the start lies"),
    ("bounds", lambda t, o, b: re.search(r"/$|^/", t) and "unknown" in o, "they take an unknown end to be ten years away"),
    ("bounds", lambda t, o, b: re.search(r"S\d+$", t), "their strict bounds are those of the estimate"),
    ("bounds", lambda t, o, b: t.endswith("-02-29") and "X" in t, "they name a 29 February that is not in the calendar"),
]


def is_set(text):
    return text[:1] in ("[", "{")


def marks(text):
    """How many marks of doubt a text has."""
    return len(re.findall(r"[?~%]", text))


def single_masks(text):
    return re.search(r"-(X\d|\dX)(-|$|/)|-[?~%]?(X\d|\dX)", text) is not None


def has_open_or_masked_end(text):
    return any(end in ("", "..") or "X" in end or ".." in end for end in text.split("/"))


def ends_at_once(text):
    start, _, end = text.partition("/")
    return bool(end) and start.startswith(end)


def generated():
    """Texts at the edges of the calendar and of the grammar, in a fixed order and without repetition."""
    years = ["-9999", "-0400", "-0001", "0000", "0001", "1900", "1999", "2000", "2023", "2024", "9999"]
    months = [f"{month:02}" for month in [*range(0, 15), 20, 42, 99]]
    days = ["00", "01", "28", "29", "30", "31", "32"]
    masked_years = ["201X", "20XX", "2XXX", "XXXX", "2X2X", "X000", "1X9X", "X9XX"]
    masked_months = ["XX", "0X", "1X", "X1", "X2", "X0", "X3", "2X"]
    masked_days = ["XX", "0X", "1X", "2X", "3X", "X0", "X1", "X9"]
    marks = ["?", "~", "%"]
    texts = []
    texts += years + [f"{y}-{m}" for y in years for m in months]
    texts += [f"{y}-{m}-{d}" for y in ["-0400", "1900", "2000", "2023", "2024"] for m in months for d in days]
    texts += masked_years + [f"{y}-{m}" for y in [*masked_years, "2024"] for m in ["02", *masked_months]]
    texts += [f"{y}-{m}-{d}" for y in ["201X", "XXXX", "2023", "2024"] for m in ["02", "04", "12", *masked_months] for d in ["29", "31", *masked_days]]
    dates = ["1985", "1985-04", "1985-04-12", "-0043", "2004-06", "2004-06-30", "2005"]
    texts += [f"{date}{mark}" for date in dates for mark in marks]
    texts += [f"{a}2004{b}-{c}06{d}-{e}11{f}" for a, b, c, d, e, f in itertools.product(["", "?"], ["", "~"], ["", "%"], ["", "?"], ["", "~"], ["", "%"])]
    ends = [*dates, "..", "", "201X", "2004-06-XX", "2005~"]
    texts += [f"{start}/{end}" for start in ends for end in ends]
    members = ["1667", "1760-12", "1985-04-12", "1668..1672", "..1984", "1760-12.."]
    texts += [f"{a}{x},{y}{b}" for a, b in ["[]", "{}"] for x in members for y in members]
    texts += [f"{a}{x}{b}" for a, b in ["[]", "{}"] for x in members]
    texts += [f"Y{sign}{year}" for sign in ["", "-"] for year in ["9999", "10000", "170000002", "17E7", "1E4", "12E2", "171010000S3", "3388E2S3", "10000S9", "012345"]]
    texts += [f"{year}S{digits}" for year in ["1950", "-1950", "0950", "195X"] for digits in range(0, 6)]
    times = ["00:00:00", "23:59:59", "23:59:60", "24:00:00", "12:60:00", "12:00"]
    shifts = ["", "Z", "+00:00", "-00:00", "+09", "+14:00", "+14:01", "-03:30", "+0900"]
    texts += [f"{date}T{time}{shift}" for date in ["2024-02-29", "2023-02-29"] for time in times for shift in shifts]
    return list(dict.fromkeys(texts))


def ours():
    """text -> (first day, last day), or None for a text that we refuse."""
    found = {}
    for example in tomllib.loads((HERE / "examples.toml").read_text(encoding="utf-8"))["example"]:
        found[example["edtf"]] = (example["earliest"], example["latest"])
    for mistake in tomllib.loads((HERE / "malformed.toml").read_text(encoding="utf-8"))["malformed"]:
        found[mistake["text"]] = None
    for line in (HERE / "generated.tsv").read_text(encoding="utf-8").splitlines():
        text, *bounds = line.split("\t")
        found[text] = None if bounds == ["invalid"] else tuple(bounds)
    return found


def theirs_edtf(text):
    """What `edtf` says: (first day, last day), or None where it refuses the text or fails over it."""
    from edtf import parse_edtf

    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            date = parse_edtf(text)
        return day(date.lower_strict()), day(date.upper_strict())
    except Exception:
        return None


def theirs_validate(text):
    """Whether `edtf-validate` accepts a text."""
    from edtf_validate.valid_edtf import is_valid

    try:
        return bool(is_valid(text))
    except Exception:
        return False


def by_enumeration(text):
    """The first and last day that fit a text of digits and X, found by trying the calendar's days; None for none."""
    import calendar

    year, month, day_of_month = re.fullmatch(r"([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?", text).groups()
    fits = lambda pattern, number, width: pattern is None or re.fullmatch(pattern.replace("X", r"\d"), f"{number:0{width}}")

    def first(years, months, days):
        for y in years:
            for m in months:
                for d in days:
                    # Year 0 is a leap year; Python's calendar knows no year 0, and 2000 is one as well.
                    if d <= calendar.monthrange(y or 2000, m)[1]:
                        return f"{y:04}-{m:02}-{d:02}"

    numbers = [[n for n in span if fits(pattern, n, width)] for pattern, span, width in
               [(year, range(10000), 4), (month, range(1, 13), 2), (day_of_month, range(1, 32), 2)]]
    bounds = first(*numbers), first(*(list(reversed(list(n))) for n in numbers))
    return bounds if bounds[0] else None


def day(value):
    """A bound of `edtf` as we write it."""
    if isinstance(value, float):
        return "open"
    year, month, day_of_month = value[:3]
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day_of_month:02}"


def compare():
    """Compares everything, prints what was compared and what differs; the number of unexplained differences."""
    counts, explained, unexplained = {}, {}, []
    for text, bounds in ours().items():
        checks = [("validity: edtf-validate", bounds is not None, theirs_validate(text))]
        other = theirs_edtf(text)
        checks.append(("validity: edtf", bounds is not None, other is not None))
        if bounds and other and not is_season(text) and not is_moment(text):
            checks.append(("bounds: edtf", bounds, other))
        if re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", text) and not is_season(text):
            checks.append(("bounds and validity: enumeration", bounds, by_enumeration(text)))
        for check, mine, their in checks:
            counts[check] = counts.get(check, 0) + 1
            if mine == their:
                continue
            reason = next((why for who, which, why in EXPLAINED if who in check and which(text, mine, their)), None)
            if reason:
                explained.setdefault((check, reason), []).append(text)
            else:
                unexplained.append((check, text, mine, their))
    for check, count in counts.items():
        print(f"{check}: {count} compared")
    for (check, reason), texts in explained.items():
        print(f"{check}: {len(texts)} differ, explained: {reason} (as {texts[0]})")
    for check, text, mine, their in unexplained:
        print(f"{check}: UNEXPLAINED {text!r}: ours {mine}, theirs {their}")
    print(f"{len(unexplained)} unexplained differences")
    return len(unexplained)


def is_season(text):
    return re.search(r"\d{4}[?~%]?-[?~%]?(2[1-9]|3\d|4[01])(?!\d|X|-)", text) is not None


def is_moment(text):
    return "T" in text


if __name__ == "__main__":
    if sys.argv[1:] == ["--generate"]:
        print("\n".join(generated()))
    else:
        sys.exit(1 if compare() else 0)
