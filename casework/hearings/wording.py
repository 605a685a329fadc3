"""Hearings in the words of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casework.appointments.rules import clock
from casework.cases.tables import CaseFile
from casework.hearings.queries import Listed, hearings_of, of_track
from casework.hearings.rules import KINDS, STATES
from casework.hearings.tables import CaseHearing
from casework.tracks.tables import CaseTrack
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

SAY_HOW: Final = mark("Say how it ended")


@dataclass(frozen=True, slots=True)
class Line:
    """One hearing, in words.

    Attributes:
        at: its hour, as `09:30`.
        is_over: its day is past, and nobody noted how it ended.
        place: where it is; empty in a list, where nothing is opened.
        listed: the case it is of, in a list.
    """

    row: CaseHearing
    at: str
    kind: str
    state: str
    is_over: bool
    place: str = ""
    listed: Listed | None = None


def line_of(view: "View", row: CaseHearing, *, place: str = "", listed: Listed | None = None) -> Line:
    """Return one hearing in the language of the page."""
    is_over = row.is_open and row.on_day < view.act.on
    return Line(
        row=row,
        at=clock(row.minute),
        kind=view.text(KINDS[row.kind_code]),
        state=view.text(SAY_HOW if is_over else STATES[row.state_code]),
        is_over=is_over,
        place=place,
        listed=listed,
    )


def lines_of(view: "View", case: CaseFile, track: CaseTrack | None = None) -> list[Line]:
    """Return the hearings of a case, or of one of its tracks, the earliest first."""
    rules = [of_track(track)] if track else []
    found = hearings_of(view.session, case, view.act, *rules)
    return [line_of(view, one.row, place=one.words.place) for one in found]


def lines_open(view: "View", case: CaseFile) -> list[Line]:
    """Return the hearings of a case that are to come or of which no end is noted; none of a closed one."""
    return [] if case.is_closed else [one for one in lines_of(view, case) if one.row.is_open]


def lines_listed(view: "View", found: Iterable[Listed]) -> list[Line]:
    """Return the hearings of a list."""
    return [line_of(view, one.row, listed=one) for one in found]
