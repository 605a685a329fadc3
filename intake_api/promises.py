"""The days told to whoever reports: what the office promises, and whether it kept its word.

Whether it did follows from what the office told this person, on the days it said it; nothing is kept for it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from office.clock import iso_week
from office.deadlines.promises import ACKNOWLEDGEMENT, DANGER, OUTCOME, first_answer_on, kept_by, promised_on
from office.handover.reply import Reply
from office.languages import Language, mark
from office.vocabulary import City

READ: Final = mark("We confirm that somebody has read it")
ANSWERED: Final = mark("We answer the matter itself, if you asked for advice")
BY: Final = mark("by %(day)s")
KEPT: Final = mark("done on %(day)s, as promised")
KEPT_LATE: Final = mark("done on %(day)s, later than we promised (%(promised)s)")
LATE: Final = mark("late since %(day)s; the head of the office sees that")


class Promise(NamedTuple):
    """The days told on a receipt; None where nothing is promised."""

    answer_on: date | None
    looked_at_on: date | None


def promise_for(city: City, sent_on: date, *, wants_advice: bool, is_in_danger: bool) -> Promise:
    """Return what the office promises for a report sent on `sent_on`."""
    return Promise(
        answer_on=first_answer_on(city, iso_week(sent_on)) if wants_advice else None,
        looked_at_on=promised_on(city, DANGER, sent_on) if is_in_danger else None,
    )


class Kept(NamedTuple):
    """One promise in words: what was promised, and how it stands with it."""

    what: str
    how: str
    is_late: bool


def promises_about(
    city: City, week: str, language: Language, *, today: date, told: Iterable[Reply] = ()
) -> list[Kept]:
    """Return what the office promised about a report sent in `week`, and how it stands with each.

    Args:
        city: whose service levels these are; what it has not promised is not in the list.
        week: of the report, such as `2026-W47`.
        language: of the sentences.
        today: the city's day.
        told: what the office has told the person.
    """
    read_on = min((reply.said_on for reply in told), default=None)
    ended_on = min((reply.said_on for reply in told if reply.state_code == "closed"), default=None)
    done = ((ACKNOWLEDGEMENT, READ, read_on), (OUTCOME, ANSWERED, ended_on))
    return [
        Kept(language.gettext(what), *_how(language, due, kept_on, today))
        for level, what, kept_on in done
        if (due := kept_by(city, level, week)) is not None
    ]


def promises_on_receipt(city: City, sent_on: date, language: Language, *, wants_advice: bool) -> list[Kept]:
    """Return what is promised about a report just sent: the same days as on the page of the case.

    Whoever is promised a first answer reads no later day by which somebody has read the report.
    """
    week = iso_week(sent_on)
    answer_on, read_on = first_answer_on(city, week), kept_by(city, ACKNOWLEDGEMENT, week)
    is_read_before = answer_on is not None and read_on is not None and answer_on <= read_on
    without = (READ if is_read_before else "") if wants_advice else ANSWERED
    told = promises_about(city, week, language, today=sent_on)
    return [one for one in told if not without or one.what != language.gettext(without)]


def _how(language: Language, due: date, kept_on: date | None, today: date) -> tuple[str, bool]:
    day = language.date(due)
    if kept_on is None:
        return language.gettext(LATE if due < today else BY, day=day), due < today
    done = language.date(kept_on)
    if kept_on <= due:
        return language.gettext(KEPT, day=done), False
    return language.gettext(KEPT_LATE, day=done, promised=day), True
