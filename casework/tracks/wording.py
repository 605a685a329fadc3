"""Tracks in words: what each is called and where it stands."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from casework.cases.tables import CaseFile
from casework.tracks.queries import Standing, next_checks, tracks_of
from casework.tracks.rules import KINDS, RESULTS, STATES, in_force
from casework.tracks.tables import CaseTrack, TrackStep

if TYPE_CHECKING:
    from casework.showing import View


@dataclass(frozen=True, slots=True)
class Line:
    """One track in one line.

    Attributes:
        one: the track itself.
        id: its id, for its address.
        name: its kind, and the route if one fits.
        state: where it stands and since when.
        is_open: whether something can still happen on it.
        check_on: when somebody looks at a remedy again.
    """

    one: Standing
    id: UUID
    name: str
    state: str
    is_open: bool
    check_on: date | None


def lines_of(view: "View", case: CaseFile) -> list[Line]:
    """Return the tracks of a case in words, those that are open first."""
    checks = next_checks(view.session, case.id)
    return [
        Line(
            one,
            one.track.id,
            track_name(view, one.track),
            _state(view, one.newest),
            one.is_open,
            checks.get(one.track.id),
        )  # fmt: skip
        for one in tracks_of(view.session, case.id)
    ]


def track_name(view: "View", track: CaseTrack) -> str:
    """Return what a track is called: its kind, and the route if one fits."""
    kind = view.text(KINDS[track.kind_code])
    return f"{kind}: {view.label('routes', track.route_code)}" if track.route_code else kind


def step_name(view: "View", step: TrackStep) -> str:
    """Return a step in words, with its result."""
    result = f" ({view.text(RESULTS[step.result_code])})" if step.result_code else ""
    return view.text(STATES[step.step_code]) + result


def _state(view: "View", step: TrackStep) -> str:
    return f"{step_name(view, step)} · {view.language.short_date(step.happened_on)}"


def step_taken_back(steps: tuple[TrackStep, ...], step: TrackStep) -> TrackStep | None:
    """Return the step that this one takes back; None if it takes none back."""
    return next((one for one in steps if one.id == step.takes_back), None)


def can_be_taken_back(steps: tuple[TrackStep, ...]) -> UUID | None:
    """Return the one step that may be taken back now; None while there is only the first."""
    valid = in_force(steps)
    return valid[-1].id if len(valid) > 1 else None
