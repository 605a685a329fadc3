"""Deadlines in words: what a clock runs from, how it was counted, where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casework.deadlines.counting import OTHER, Stop
from casework.deadlines.periods import LAST_DAY_TOLD
from casework.deadlines.queries import Clock
from casework.deadlines.rules import Left
from casework.deadlines.seats import (
    BY_CITY,
    BY_SEAT,
    BY_SEAT_AND_HOME,
    NOT_ASKED,
    NOT_KNOWN,
    UNASKED,
    UNKNOWN_AND_HOME,
    days_of_row,
    needs_seat,
)
from casework.deadlines.tables import Deadline
from office.deadlines.seats import OWN, UNKNOWN
from office.languages import Language, mark
from office.vocabulary import load

if TYPE_CHECKING:
    from casework.showing import View

STARTS: Final = {
    "action_available_date": mark("the day one could act"),
    "admin_route_exhausted_date": mark("the day the administrative route was exhausted"),
    "crime_date": mark("the day of the crime"),
    "damage_known_or_healed": mark("the day the harm was known or healed"),
    "day_after_infringement": mark("the day of the infringement"),
    "dismissal_effective_date": mark("the day the dismissal took effect"),
    "final_judgment_notification": mark("the day the final judgment was notified"),
    "identification_date": mark("the day of identification"),
    "incident_date": mark("the day it happened"),
    "infringement_date": mark("the day of the infringement"),
    "infringement_manifest_date": mark("the day the infringement came to light"),
    "knowledge_date": mark("the day it was known"),
    "notification_date": mark("the day it was notified"),
    "period_notified": mark("the day the period was notified"),
    "platform_decision_date": mark("the day the platform decided"),
    "request_date": mark("the day it was filed"),
    "ruling_notified": mark("the day the ruling or order was notified"),
    "silence_effect_date": mark("the day silence took effect"),
    "wait_over_date": mark("the day the wait of twenty days was over"),
}
"""The events from which limits run, by the code of the list of routes."""

LABELS: Final = {
    "minor": mark("minor"),
    "serious": mark("serious"),
    "very serious": mark("very serious"),
    "minor (national police)": mark("minor (national police)"),
    "serious (Valencian law; 3 under state law)": mark("serious (Valencian law; 3 under state law)"),
    "silence": mark("after silence"),
    "acts of the executive (43.2)": mark("acts of the executive (43.2)"),
    "ordinary claim (69.2)": mark("ordinary claim (69.2)"),
    "sexual or gender violence": mark("sexual or gender violence"),
    "400 EUR or less": mark("400 EUR or less"),
    "over 400 EUR": mark("over 400 EUR"),
    "alzada": mark("alzada"),
    "reposición": mark("reposición"),
    "judicial acts (44.2)": mark("judicial acts (44.2)"),
    "inactivity or optional appeal": mark("inactivity or optional appeal"),
}
"""Classifications; one that is not here is shown as the list of routes has it."""

STATES: Final = {
    "computed": mark("computed, no lawyer has confirmed it"),
    "confirmed": mark("confirmed by %(name)s on %(day)s"),
    "met": mark("met on %(on)s, noted by %(name)s on %(day)s"),
    "answered": mark("answered on %(on)s, noted by %(name)s on %(day)s"),
    "missed": mark("missed, noted by %(name)s on %(day)s"),
    "waived": mark("waived, noted by %(name)s on %(day)s"),
    "superseded": mark("another counting took its place: %(name)s, %(day)s"),
}
OTHER_NAME: Final = mark("Another suspension that the law names")
WAIVED_BY_NAMES: Final = {
    "person": mark("The person"),
    "guardian": mark("Who speaks for the person"),
    "office": mark("A lawyer of the office: this clock does not run here"),
}
KINDS: Final = {
    "prescription": mark("prescription: a claim makes it begin anew"),
    "answer_due": mark("the authority's time: no claim ends with it"),
    "caducidad": mark("expiry (caducidad): only a suspension named by the law stops it"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A deadline in the words of a page."""

    clock: Clock
    route: str
    label: str
    state: str
    how: str
    law: str
    left: str
    stops: Sequence[str]
    seat: str

    @property
    def row(self) -> Deadline:
        """The row."""
        return self.clock.row


def told(view: "View", clock: Clock, names: Mapping[UUID, str]) -> Told:
    """Return a deadline in words."""
    row, language = clock.row, view.language
    return Told(
        clock=clock,
        route=view.label("routes", row.route_code),
        label=label_name(row.label, language),
        state=state(row, names, language),
        how=how_counted(row, language),
        law=row.law,
        left=left_words(clock.left, language) if row.is_open else "",
        stops=[_stop(view, clock, one) for one in clock.stops],
        seat=seat_words(view, row),
    )


def seats_of(view: "View") -> list[tuple[str, str]]:
    """Return the places by whose days off a clock may be counted."""
    return [(code, view.label("seats", code)) for code in load("seats", view.act.city).codes]


def seat_words(view: "View", row: Deadline) -> str:
    """Return by whose days off a row was counted; empty where days off do not matter."""
    if not needs_seat(row):
        return ""
    if row.seat_code == UNASKED:
        return view.text(NOT_ASKED)
    if row.seat_code == UNKNOWN:
        return view.text(UNKNOWN_AND_HOME if row.counts_home else NOT_KNOWN)
    if row.seat_code == OWN:
        return view.text(BY_CITY)
    return view.text(
        BY_SEAT_AND_HOME if row.counts_home else BY_SEAT, place=view.label("seats", row.seat_code)
    )


def label_name(label: str, language: Language) -> str:
    """Return a classification in words; empty if the route has none."""
    return language.gettext(LABELS[label]) if label in LABELS else label


def state(row: Deadline, names: Mapping[UUID, str], language: Language) -> str:
    """Return where a deadline stands; whoever stands for it by name and day."""
    if row.state == "computed":
        return language.gettext(STATES["computed"])
    who, day = (
        (row.confirmed_by, row.confirmed_on) if row.state == "confirmed" else (row.settled_by, row.settled_on)
    )
    came = row.state == "met" and not row.is_ours
    return language.gettext(
        STATES["answered" if came else row.state],
        name=names.get(who, "") if who else "",
        day=language.short_date(day) if day else "",
        on=language.short_date(row.met_on) if row.met_on else "",
    )


def how_counted(row: Deadline, language: Language) -> str:
    """Return how a last day was reached, for somebody who counts it again by hand."""
    day = language.date(row.counted_from)
    if row.counted_until != row.counted_from:
        day = language.gettext(
            mark("a day not known, from %(first)s to %(last)s"),
            first=day,
            last=language.date(row.counted_until),
        )
    event = language.gettext(STARTS[row.start_code]) if row.start_code in STARTS else row.start_code
    sentence = (
        mark("%(amount)s that begin on %(day)s (%(event)s)")
        if row.counts_start_day
        else mark("%(amount)s from the day after %(day)s (%(event)s)")
    )
    if row.start_code == LAST_DAY_TOLD:
        sentence = mark("the last day itself was told, and moves for nothing; it runs from %(day)s")
    parts = [language.gettext(sentence, amount=amount(row.unit, row.count, language), day=day, event=event)]
    if row.august == "excluded":
        parts.append(language.gettext(mark("August does not count")))
    elif row.unit == "working_day_court":
        parts.append(language.gettext(mark("August counts")))
    if row.dec24_jan6 == "excluded":
        parts.append(language.gettext(mark("24 December to 6 January does not count")))
    if row.rolls:
        parts.append(language.gettext(mark("a last day that is not worked moves to the next that is")))
    if row.kind in KINDS:
        parts.append(language.gettext(KINDS[row.kind]))
    return "; ".join(parts)


def amount(unit: str, count: int, language: Language) -> str:
    """Return the length of a limit in words."""
    if unit in ("working_day_court", "working_day_admin"):
        return language.ngettext("%(num)s working day", "%(num)s working days", count)
    if unit == "month":
        return language.ngettext("%(num)s month", "%(num)s months", count)
    if unit == "year":
        return language.ngettext("%(num)s year", "%(num)s years", count)
    return language.ngettext("%(num)s day", "%(num)s days", count)


def left_words(left: Left, language: Language) -> str:
    """Return how many days are left, or that the last day is today or past."""
    if left.days < 0:
        return language.gettext(mark("the earliest last day is past"))
    if left.days == 0:
        return language.gettext(mark("today is the last day"))
    if left.are_worked:
        return language.ngettext("%(num)s working day left", "%(num)s working days left", left.days)
    return language.ngettext("%(num)s day left", "%(num)s days left", left.days)


def cause_name(code: str, view: "View") -> str:
    """Return what stops a clock in words."""
    return view.text(OTHER_NAME) if code == OTHER else view.label("limit_events", code)


def _stop(view: "View", clock: Clock, stop: Stop) -> str:
    """Return what stopped a clock, and from when to when it stands still."""
    language, cause = view.language, cause_name(stop.event.code, view)
    if stop.first is None:
        return f"{cause}: {language.date(stop.event.begun_on)}"
    first = language.date(stop.first)
    if stop.last is None:
        return language.gettext(
            mark("%(cause)s: stands still from %(first)s. Its end is not recorded"), cause=cause, first=first
        )
    if stop.is_open:
        sentence = mark(
            "%(cause)s: stands still from %(first)s. Its end is not recorded; it is %(last)s at the latest"
        )
        return language.gettext(sentence, cause=cause, first=first, last=language.date(stop.last))
    return language.gettext(
        mark("%(cause)s: stands still from %(first)s to %(last)s, then %(left)s"),
        cause=cause,
        first=first,
        last=language.date(stop.last),
        left=left_words(clock.left_after(stop.last, days_of_row(view.act.city, clock.row)), language),
    )


def span(first: date, last: date, language: Language) -> str:
    """Return the last day in words: one day, or from the earliest to the latest."""
    if first == last:
        return language.date(first)
    return language.gettext(
        mark("some day from %(first)s to %(last)s"), first=language.date(first), last=language.date(last)
    )
