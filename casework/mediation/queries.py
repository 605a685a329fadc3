"""Mediations as they are read: by the case they belong to, or through the door of their mediator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.content import story_of
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.deadlines.tables import Deadline
from casework.mediation.bars import Bar, Signs, standing
from casework.mediation.content import StepWords
from casework.mediation.errors import MediationNotFound
from casework.mediation.mediators import is_mediator, stands_between
from casework.mediation.rules import ENDS, consented_on, moved
from casework.mediation.tables import Mediation, MediationStep
from casework.merges.standing import read_together
from casework.tracks.rules import in_force
from casework.tracks.tables import CaseTrack
from office.vocabulary import City, load

NOT_A_SIGN = ("superseded", "waived")
"""States in which a limit that was kept says nothing any more of what the case is about."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A mediation, its steps in their order, and where it stands after them."""

    mediation: Mediation
    steps: tuple[MediationStep, ...]

    @property
    def newest(self) -> MediationStep:
        """The newest step that says where it stands."""
        return moved(self.steps)[-1]

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.newest.step_code

    @property
    def is_open(self) -> bool:
        """Whether something can still happen in it."""
        return self.state not in ENDS

    @property
    def screening(self) -> MediationStep:
        """The newest screening in force."""
        return next(step for step in reversed(in_force(self.steps)) if step.step_code == "screened")

    def consented_on(self, party: str) -> date | None:
        """Return the day on which one side consented; None if it did not."""
        return consented_on(self.steps, party)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with what the adviser wrote, and whether it still counts."""

    row: MediationStep
    words: StepWords
    is_in_force: bool


def mediations_of(session: Session, case_id: UUID) -> list[Standing]:
    """Return the mediations of a case, the newest first; at most the first of them is open."""
    wanted = select(Mediation).where(Mediation.case_id == case_id)
    return sorted(
        _standings(session, session.exec(wanted).all()),
        key=lambda one: (one.is_open, one.mediation.opened_on, str(one.mediation.id)),
        reverse=True,
    )


def open_mediation(session: Session, case_id: UUID) -> Standing | None:
    """Return the mediation of a case that is open; there is one at most."""
    return next((one for one in mediations_of(session, case_id) if one.is_open), None)


def mediation_in(session: Session, case: CaseFile, written: str) -> Standing:
    """Return one mediation of a case, held for a change; raise MediationNotFound."""
    found = next((one for one in mediations_of(session, case.id) if str(one.mediation.id) == written), None)
    if found is None:
        raise MediationNotFound(case=case.reference)
    return _held(session, found.mediation)


def mediations_for(session: Session, act: Act) -> list[tuple[CaseFile, Standing]]:
    """Return the mediations somebody mediates, those that are open first, each with its case."""
    if not is_mediator(session, act.who.id):
        return []
    rows = session.exec(
        select(Mediation, CaseFile)
        .join(CaseFile, col(CaseFile.id) == col(Mediation.case_id))
        .where(Mediation.mediator_id == act.who.id)
    ).all()
    cases = {mediation.id: case for mediation, case in rows}
    found = [
        (cases[one.mediation.id], one) for one in _standings(session, [mediation for mediation, _ in rows])
    ]
    shown = [(case, one) for case, one in found if stands_between(session, case, act.who.id)]
    return sorted(shown, key=lambda line: (not line[1].is_open, -line[1].newest.happened_on.toordinal()))


def mediation_for(
    session: Session, act: Act, written: str, *, to_change: bool = False
) -> tuple[CaseFile, Standing]:
    """Return a mediation to its mediator: the only door that is not the case's.

    Raises:
        MediationNotFound: there is none, it is somebody else's, they are named no more, or they have or keep
            out of its case.
    """
    try:
        mediation = session.get(Mediation, UUID(written))
    except ValueError:
        raise MediationNotFound from None
    if mediation is None or mediation.mediator_id != act.who.id or not is_mediator(session, act.who.id):
        raise MediationNotFound
    case = session.get_one(CaseFile, mediation.case_id, with_for_update=to_change or None)
    one = _held(session, mediation) if to_change else _standings(session, [mediation])[0]
    if one.mediation.mediator_id != act.who.id or not stands_between(session, case, act.who.id):
        raise MediationNotFound
    return case, one


def waiting_for(session: Session, act: Act) -> int:
    """Return how many mediations wait for a step of this mediator."""
    waits = ("person_consented", "invited", "respondent_consented", "session")
    return sum(one.state in waits for _, one in mediations_for(session, act))


def steps_shown(session: Session, case: CaseFile, one: Standing, act: Act) -> list[ShownStep]:
    """Return the steps with what was written, oldest first; for whoever holds the case."""
    valid = {step.id for step in in_force(one.steps)}
    return [
        ShownStep(row, StepWords.model_validate_json(clear) if clear else StepWords(), row.id in valid)
        for row, clear in zip(one.steps, open_rows(session, case, one.steps, act), strict=True)
    ]


def file_of(session: Session, case: CaseFile, act: Act, *, with_story: bool) -> Signs:
    """Return what speaks in the file. A mediator cannot open what was told, and does without it.

    A track speaks however it ended; a limit that was kept does until it is counted anew or waived. Cases that
    are read together tell of one event: what is coded, limited or filed in one speaks in each.
    """
    together = [case, *read_together(session, case)]
    ids = [one.id for one in together]
    limits = session.exec(
        select(Deadline.route_code).where(
            col(Deadline.case_id).in_(ids), col(Deadline.state).not_in(NOT_A_SIGN)
        )
    ).all()
    tracks = session.exec(select(CaseTrack).where(col(CaseTrack.case_id).in_(ids))).all()
    routes = {*limits, *(track.route_code for track in tracks if track.route_code)}
    return Signs(
        acts=frozenset(story_of(session, case, act).act_codes) if with_story else frozenset(),
        conduct=frozenset(code for one in together for code in one.conduct_codes.split()),
        areas=frozenset(one.area_code for one in together),
        routing=frozenset(one.routing_code for one in together),
        groups=_groups(routes, act.city),
        tracks=frozenset(track.kind_code for track in tracks),
    )


def found_in(
    session: Session, case: CaseFile, one: Standing | None, act: Act, *, with_story: bool
) -> list[Bar]:
    """Return what keeps a case from mediation, by its file and by its screening."""
    said = set(one.screening.said_codes.split()) if one is not None else set()
    return standing(file_of(session, case, act, with_story=with_story), said)


def _groups(routes: Iterable[str], city: City) -> frozenset[str]:
    known = load("routes", city)
    groups = (known.item(code).group for code in routes if code in known)
    return frozenset(group for group in groups if group)


def _standings(session: Session, mediations: Sequence[Mediation]) -> list[Standing]:
    steps = session.exec(
        select(MediationStep)
        .where(col(MediationStep.mediation_id).in_([one.id for one in mediations]))
        .order_by(col(MediationStep.seq))
    ).all()
    return [Standing(one, tuple(step for step in steps if step.mediation_id == one.id)) for one in mediations]


def _held(session: Session, mediation: Mediation) -> Standing:
    """Hold a mediation whose case is held already, as it stands now."""
    held = session.get_one(Mediation, mediation.id, with_for_update=True, populate_existing=True)
    return _standings(session, [held])[0]
