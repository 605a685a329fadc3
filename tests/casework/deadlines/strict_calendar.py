"""A reader of calendars that forgives nothing: RFC 5545 line by line, and no library of the desk's."""

import re
from typing import Any

LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)", re.DOTALL)
TIME = r"T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S)"
DURATION = re.compile(rf"[+-]?P(\d+W|\d+D({TIME})?|{TIME})")
STAMP = re.compile(r"\d{8}T\d{6}Z")
DAY = re.compile(r"\d{8}")
INSIDE = {"": {"VCALENDAR"}, "VCALENDAR": {"VEVENT"}, "VEVENT": {"VALARM"}, "VALARM": set()}
NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
}
ONCE = {
    "VCALENDAR": {"PRODID", "VERSION", "METHOD", "CALSCALE", "X-WR-CALNAME"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"},
    "VALARM": {"ACTION", "DESCRIPTION", "TRIGGER"},
}


def lines_of(told: bytes) -> list[str]:
    """Return the lines of a calendar, unfolded; each ends with CRLF and has at most 75 octets (3.1)."""
    assert told.endswith(b"\r\n") and b"\n" not in told.replace(b"\r\n", b"") and b"\r\r" not in told
    physical = told[:-2].split(b"\r\n")
    assert all(0 < len(one) <= 75 for one in physical)
    unfolded: list[bytes] = []
    for one in physical:
        if one[:1] in b" \t":
            unfolded[-1] += one[1:]
        else:
            unfolded.append(one)
    return [one.decode("utf-8") for one in unfolded]


def components(told: bytes) -> list[dict[str, Any]]:
    """Return the events of a calendar, each with its alarms as `alarms`; whatever is not allowed fails."""
    open_ones: list[tuple[str, dict[str, Any]]] = []
    events: list[dict[str, Any]] = []
    for line in lines_of(told):
        found = LINE.fullmatch(line)
        assert found, line
        name, rest, value = found.groups()
        inside = open_ones[-1][0] if open_ones else ""
        if name == "BEGIN":
            assert value in INSIDE[inside], (value, inside)
            open_ones.append((value, {"alarms": []}))
        elif name == "END":
            what, one = open_ones.pop()
            assert value == what and set(one) - {"alarms"} >= NEEDED[what], one
            if what == "VALARM":
                open_ones[-1][1]["alarms"].append(one)
            elif what == "VEVENT":
                events.append(one)
        else:
            assert name in ONCE[inside] and name not in open_ones[-1][1], line
            _typed(name, rest, value)
            open_ones[-1][1][name] = value
    assert open_ones == []
    assert len({one["UID"] for one in events}) == len(events)
    return events


def _typed(name: str, rest: str, value: str) -> None:
    if name == "TRIGGER":
        assert rest == "" and DURATION.fullmatch(value), value
    elif name in ("DTSTART", "DTEND"):
        is_day = rest == ";VALUE=DATE" and DAY.fullmatch(value)
        assert is_day or (rest == "" and STAMP.fullmatch(value)), value  # 3.3.5, form 2: UTC
    elif name == "DTSTAMP":
        assert STAMP.fullmatch(value), value
    elif name in ("SUMMARY", "DESCRIPTION"):
        assert not re.search(r"(?<!\\)[,;]", value), value
    elif name == "ACTION":
        assert value == "DISPLAY"
