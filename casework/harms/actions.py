"""Noting, changing and removing a harm, and who had which part in it. Each act is one event; none commits."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.cases.actions import renew_coded_record
from casework.cases.errors import CaseChanged
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.harms.codes import HarmCodes, code_harm, code_together, present_harms
from casework.harms.content import HarmWords, InvolvementWords
from casework.harms.errors import FirstHarmStays, HarmNotFound, TooManyHarms
from casework.harms.queries import noted_so_far, party_in, present_involvement
from casework.harms.rules import FIRST, MOST_HARMS
from casework.harms.tables import CaseHarm, HarmInvolvement
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Told:
    """What is noted of a harm beside its codes.

    Attributes:
        party_id: to whom it was done; None for the person of the case.
    """

    party_id: UUID | None
    words: HarmWords


def add_harm(
    session: Session, case: CaseFile, codes: HarmCodes, told: Told, act: Act, *, version: int
) -> CaseHarm:
    """Note another harm.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        HarmNotFound: nobody of this id is in the case whom it could have been done to.
        TooManyHarms: no more fit.
    """
    _begin(session, case, version)
    if len(present_harms(session, case)) >= MOST_HARMS:
        raise TooManyHarms(case=case.reference)
    harm = CaseHarm(case_id=case.id, place=noted_so_far(session, case) + 1, noted_on=act.on)
    _tell(session, case, harm, told, act)
    code_harm(session, case, harm, codes)
    _end(session, case, act)
    _record(
        session,
        "harm_added",
        case,
        harm,
        act,
        area=harm.area_code,
        grounds=harm.ground_codes.split(),
        conduct=harm.conduct_codes.split(),
    )
    return harm


def change_harm(
    session: Session,
    case: CaseFile,
    harm: CaseHarm,
    codes: HarmCodes | None,
    told: Told,
    act: Act,
    *,
    version: int,
) -> None:
    """Change a harm; `codes` is None for the first, which is coded with the case.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        HarmNotFound: nobody of this id is in the case whom it could have been done to.
    """
    _begin(session, case, version)
    before = _coded(harm)
    _tell(session, case, harm, told, act)
    if codes is not None:
        code_harm(session, case, harm, codes)
    session.flush()
    _end(session, case, act)
    after = _coded(harm)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    _record(session, "harm_changed", case, harm, act, **changes)


def remove_harm(
    session: Session, case: CaseFile, harm: CaseHarm, reason: str, act: Act, *, version: int
) -> None:
    """Take a harm out of the case, with a reason; what was written of it stays sealed for the record.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        FirstHarmStays: it is the one the case began with.
    """
    _begin(session, case, version)
    if harm.place == FIRST:
        raise FirstHarmStays(case=case.reference)
    words = HarmWords.model_validate_json(open_rows(session, case, [harm], act)[0])
    harm.removed_on = act.on
    seal_row(session, case, harm, words.model_copy(update={"removed_because": reason}).as_bytes())
    session.flush()
    code_together(session, case)
    _end(session, case, act)
    _record(session, "harm_removed", case, harm, act, conduct=harm.conduct_codes.split())


def involve(
    session: Session,
    case: CaseFile,
    harm: CaseHarm,
    party_id: UUID,
    part: str,
    degree: str,
    grade: str,
    act: Act,
    *,
    version: int,
) -> None:
    """Note which part a respondent of the case had in a harm, in the place of what was noted of them before.

    A respondent who is a service of the city has walled the case off since they were named (`walls.naming`).

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        HarmNotFound: no respondent of the case.
    """
    _begin(session, case, version)
    party = party_in(session, case, party_id, respondent=True)
    row = present_involvement(session, harm, party.id) or HarmInvolvement(
        case_id=case.id, harm_id=harm.id, party_id=party.id, part_code=part, noted_on=act.on
    )
    row.part_code = part
    seal_row(session, case, row, InvolvementWords(degree=degree, grade=grade).as_bytes())
    _end(session, case, act, counts=False)
    _record(session, "harm_involved", case, harm, act, part=part)


def end_involvement(
    session: Session, case: CaseFile, harm: CaseHarm, party_id: UUID, act: Act, *, version: int
) -> None:
    """Take back that somebody had a part in a harm; that it was noted stays in the timeline.

    Raises:
        CaseChanged, ConflictUndecided, AdviserKeepsOut: see `_begin`.
        HarmNotFound: no part of theirs is noted.
    """
    _begin(session, case, version)
    row = present_involvement(session, harm, party_id)
    if row is None:
        raise HarmNotFound(case=case.reference)
    row.ended_on = act.on
    session.add(row)
    _end(session, case, act, counts=False)
    _record(session, "harm_part_ended", case, harm, act, part=row.part_code)


def _begin(session: Session, case: CaseFile, version: int) -> None:
    """Refuse what was made from an older page, and work on a case that waits for a decision.

    Raises:
        CaseChanged: somebody changed the case since `version`.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    require_free_to_go_on(session, case)
    if case.version != version:
        raise CaseChanged(case=case.reference)


def _tell(session: Session, case: CaseFile, harm: CaseHarm, told: Told, act: Act) -> None:
    if told.party_id is not None and told.party_id != harm.party_id:
        party_in(session, case, told.party_id, respondent=False)
    harm.party_id = told.party_id
    seal_row(session, case, harm, told.words.as_bytes())


def _end(session: Session, case: CaseFile, act: Act, *, counts: bool = True) -> None:
    case.version += 1
    session.add(case)
    session.flush()
    if counts:
        renew_coded_record(session, case, act)


def _coded(harm: CaseHarm) -> dict[str, str]:
    return {"area": harm.area_code, "grounds": harm.ground_codes, "conduct": harm.conduct_codes}


def _record(
    session: Session, kind: str, case: CaseFile, harm: CaseHarm, act: Act, **detail: str | int | list[str]
) -> None:
    record(session, kind, at=act.at, by=act.who.id, case_id=case.id, harm=harm.place, **detail)
