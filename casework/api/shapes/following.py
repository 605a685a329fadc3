"""Clocks on the page of a track: what may run after its newest step, and what its filing may have met."""

from datetime import date
from typing import Any

from pydantic import Field

from casework.api.shapes import clocks
from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Explained, choices, explained
from casework.api.shown import Page, Shown


class KeepingClocks(Versioned):
    """Keeping clocks that may have begun with the newest step; none is kept by itself."""

    follow: tuple[Explained, ...]
    runs_from: date = Field(
        description="The day of the step, or the last that a silent authority had to answer. If it was "
        "notified later, send that day."
    )
    seat: tuple[Choice, ...] = Field(description="By whose days off; none where those do not matter.")
    asks_home: bool = Field(description="The days off of where the person lives may count too.")


class ClockKept(clocks.DeadlineStanding):
    """A clock of a limit that may run, which was kept already: another is kept only from another day."""

    runs_from: date


class PerhapsMet(Shown):
    """A filing, and the open deadlines that it may have met."""

    filed_on: date
    deadlines: tuple[clocks.DeadlineRunning, ...]


def keeping(page: Page, told: Any) -> KeepingClocks | None:
    """Return what may run after the newest step, from `casework.tracks.clock_showing.TrackClocks`."""
    if not told.following:
        return None
    return KeepingClocks(
        version=page["case"].version,
        follow=explained(told.following),
        runs_from=told.runs_from,
        seat=choices(told.seats),
        asks_home=bool(told.seats) and told.asks_home,
    )


def kept(page: Page, told: Any) -> tuple[ClockKept, ...]:
    """Return what of it stands in the case already, also where nothing more may run."""
    return tuple(
        ClockKept(**clocks.standing(page, one), runs_from=one.row.counted_from) for one in told.standing
    )


def perhaps_met(page: Page, told: Any) -> PerhapsMet | None:
    """Return what the newest filing may have met; None if nothing was lodged, or nothing runs."""
    if not told.may_be_met:
        return None
    lines = tuple(clocks.DeadlineRunning(**clocks.running(page, one)) for one in told.may_be_met)
    return PerhapsMet(filed_on=told.filed_on, deadlines=lines)
