"""The tracks of a case for a program: the list, and one with its steps, its remedies and what comes next."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes import following, hearings
from casework.api.shapes.forms import By, Versioned, by, labelled, said, undone_of
from casework.api.shapes.parts import Choice, choices, coded
from casework.api.shown import Page, Shape, Shown
from casework.tracks.queries import ShownRemedy, ShownStep
from casework.tracks.rules import KINDS, RESULTS, STATES
from casework.tracks.tables import CaseTrack, TrackStep


class TrackCalled(Shown):
    """What a track is called: its kind, and the route if one fits."""

    kind: Choice
    route: Choice | None


class StepCalled(Shown):
    """What a step is called, with its result where it has one."""

    step: Choice
    result: Choice | None


class TrackListed(Shown):
    """A track in the list of a case: where it stands, and since when."""

    id: UUID
    called: TrackCalled
    state: StepCalled
    since: date
    is_open: bool
    check_on: date | None = Field(description="The next day on which somebody looks at a remedy.")


class OpeningTrack(Versioned):
    """Opening a track; the version is that of the case."""

    kind: tuple[Choice, ...]
    route: tuple[Choice, ...]


class TracksShown(Shown):
    """The tracks of a case, those that are open first."""

    case_number: str
    tracks: tuple[TrackListed, ...]
    read_under: str | None = Field(description="The case in which tracks are opened instead.")
    opening: OpeningTrack | None


class TrackStepTold(Shown):
    """One step of a track, oldest first; one that takes another back names it."""

    happened_on: date
    called: StepCalled | None
    takes_back: StepCalled | None
    is_in_force: bool
    noted: By | None
    authority: str
    external_number: str
    note: str


class RemedyCheckTold(Shown):
    """One look at whether a remedy was complied with."""

    checked_on: date
    complied: Choice
    note: str


class RemedyTold(Shown):
    """Something that was promised or ordered under a track."""

    remedy: Choice
    amount: str
    complied: Choice | None = Field(description="What the newest look found; null before the first.")
    standing: str = Field(description="The same in words.")
    promised_on: date
    check_on: date | None
    note: str
    checks: tuple[RemedyCheckTold, ...]


class NextStep(Versioned):
    """Noting the next step of a track. What is null is not asked for any of these steps."""

    step: tuple[Choice, ...]
    needs_mandate: bool = Field(description="Nothing is filed before a mandate is noted.")
    asks_authority: bool = Field(description="A step may bring the authority and its number.")
    result: tuple[Choice, ...] | None


class TakingBack(Versioned):
    """Taking back the newest step, with why."""

    taken: UUID


class AddingRemedy(Versioned):
    """Noting a remedy."""

    remedy: tuple[Choice, ...]


class CheckingRemedy(Versioned):
    """Noting whether a remedy was complied with."""

    looked_at: tuple[Choice, ...]
    complied: tuple[Choice, ...]


class TrackShown(Shown):
    """One track of a case. Versions in its forms are those of the case."""

    case_number: str
    id: UUID
    called: TrackCalled
    state: StepCalled
    steps: tuple[TrackStepTold, ...]
    remedies: tuple[RemedyTold, ...]
    hearings: tuple[hearings.HearingOfCase, ...]
    next_step: NextStep | None
    taking_back: TakingBack | None
    perhaps_met: following.PerhapsMet | None
    clocks_kept: tuple[following.ClockKept, ...] = Field(description="Of what may run now: kept before.")
    keeping_clocks: following.KeepingClocks | None
    adding_remedy: AddingRemedy
    checking_remedy: CheckingRemedy | None


def tracks(page: Page) -> TracksShown:
    """Return the shape of the tracks of a case."""
    case, leading = page["case"], page["leading"]
    is_open = not case.is_closed
    return TracksShown(
        case_number=case.reference,
        tracks=tuple(
            TrackListed(
                id=line.id,
                called=track_called(page, line.one.track),
                state=step_called(page, line.one.newest),
                since=line.one.newest.happened_on,
                is_open=line.is_open,
                check_on=line.check_on,
            )
            for line in page["lines"]
        ),
        read_under=leading.reference if leading and is_open else None,
        opening=OpeningTrack(version=case.version, kind=choices(page["kinds"]), route=choices(page["routes"]))
        if is_open and not leading
        else None,
    )


def track(page: Page) -> TrackShown:
    """Return the shape of one track."""
    case, one, remedies = page["case"], page["one"], page["remedies"]
    return TrackShown(
        case_number=case.reference,
        id=one.track.id,
        called=track_called(page, one.track),
        state=step_called(page, one.newest),
        steps=tuple(_step(page, each) for each in page["steps"]),
        remedies=tuple(_remedy(page, each) for each in remedies),
        hearings=hearings.of_case(page, page["hearings"]),
        next_step=NextStep(
            version=case.version,
            step=choices(page["possible"]),
            needs_mandate=page["asks_mandate"],
            asks_authority=page["asks_number"],
            result=choices(page["results"]) if page["asks_result"] else None,
        )
        if one.is_open
        else None,
        taking_back=TakingBack(version=case.version, taken=page["taken"]) if page["taken"] else None,
        perhaps_met=following.perhaps_met(page, page["clocks"]),
        clocks_kept=following.kept(page, page["clocks"]),
        keeping_clocks=following.keeping(page, page["clocks"]),
        adding_remedy=AddingRemedy(version=case.version, remedy=choices(page["types"])),
        checking_remedy=CheckingRemedy(
            version=case.version,
            looked_at=choices(
                (str(each.row.id), f"{place}. {page.view.label('remedies', each.row.type_code)}")
                for place, each in enumerate(remedies, 1)
            ),
            complied=choices(page["complied"]),
        )
        if remedies
        else None,
    )


def track_called(page: Page, one: CaseTrack) -> TrackCalled:
    """Return what a track is called."""
    return TrackCalled(kind=said(page, KINDS, one.kind_code), route=coded(page, "routes", one.route_code))


def step_called(page: Page, step: TrackStep) -> StepCalled:
    """Return what a step of a track is called."""
    result = said(page, RESULTS, step.result_code) if step.result_code else None
    return StepCalled(step=said(page, STATES, step.step_code), result=result)


def _step(page: Page, one: ShownStep) -> TrackStepTold:
    row, back = one.row, undone_of(page["one"].steps, one.row)
    return TrackStepTold(
        happened_on=row.happened_on,
        called=None if back else step_called(page, row),
        takes_back=step_called(page, back) if back else None,
        is_in_force=one.is_in_force,
        noted=by(page["names"].get(row.noted_by, ""), row.noted_on),
        authority=one.text.authority,
        external_number=one.text.external_number,
        note=one.text.note,
    )


def _remedy(page: Page, one: ShownRemedy) -> RemedyTold:
    words: dict[Any, str] = page["complied_as"]
    return RemedyTold(
        remedy=labelled(page, "remedies", one.row.type_code),
        amount=one.text.amount,
        complied=Choice(code=one.complied, label=words[one.complied]) if one.complied else None,
        standing=words[one.complied],
        promised_on=one.row.promised_on,
        check_on=one.check_on,
        note=one.text.note,
        checks=tuple(
            RemedyCheckTold(
                checked_on=look.checked_on,
                complied=Choice(code=look.complied_code, label=words[look.complied_code]),
                note=text.note,
            )
            for look, text in one.checks
        ),
    )


SHAPES: Final[dict[str, Shape]] = {"track.html": track, "tracks.html": tracks}
