"""Deciding which body is competent, and what was decided. Each act is one event; none commits."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseAlreadyClosed, CaseChanged
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.competence.content import CompetenceWords
from casework.competence.tables import CaseCompetence
from casework.conflicts.guards import require_free_to_go_on
from casework.timeline.actions import record


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with its words in clear."""

    row: CaseCompetence
    words: CompetenceWords


def is_decided(session: Session, case: CaseFile) -> bool:
    """Say whether somebody decided which body is competent."""
    return latest(session, case) > 0


def latest(session: Session, case: CaseFile) -> int:
    """Return the place of the newest decision; 0 while there is none."""
    wanted = select(CaseCompetence.place).where(CaseCompetence.case_id == case.id)
    return session.exec(wanted.order_by(col(CaseCompetence.place).desc()).limit(1)).first() or 0


def decisions_of(session: Session, case: CaseFile, act: Act) -> list[Decided]:
    """Return what was decided about competence, the newest first."""
    wanted = select(CaseCompetence).where(CaseCompetence.case_id == case.id)
    rows: Sequence[CaseCompetence] = session.exec(wanted.order_by(col(CaseCompetence.place).desc())).all()
    opened = open_rows(session, case, rows, act)
    return [
        Decided(row, CompetenceWords.model_validate_json(clear))
        for row, clear in zip(rows, opened, strict=True)
    ]


def decide_competence(
    session: Session, case: CaseFile, body_code: str, words: CompetenceWords, act: Act, *, after: int
) -> None:
    """Decide which body is competent; `after` is the place of the decision the page showed.

    Raises:
        CaseAlreadyClosed: nothing is decided in a closed case.
        CaseChanged: somebody decided in the meantime.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
    """
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
    require_free_to_go_on(session, case)
    if latest(session, case) != after:
        raise CaseChanged(case=case.reference)
    row = CaseCompetence(
        case_id=case.id, place=after + 1, body_code=body_code, decided_on=act.on, decided_by=act.who.id
    )
    seal_row(session, case, row, words.as_bytes())
    session.flush()
    record(session, "competence_decided", at=act.at, by=act.who.id, case_id=case.id, competent=body_code)
