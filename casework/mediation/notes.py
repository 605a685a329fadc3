"""What lies with a mediator alone: what was handed over, and what they noted. No case's key opens it."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from casework.acts import Act
from casework.mediation.content import StepWords
from casework.mediation.queries import Standing
from casework.mediation.tables import MediatorNote
from office.sealing.boxes import CannotOpen, seal, unseal
from office.stores.keyroom import Staff


@dataclass(frozen=True, slots=True)
class OwnNote:
    """A note in clear; `text` is empty if it was sealed to a key its mediator has no more."""

    row: MediatorNote
    text: str


def keep(session: Session, one: Standing, mediator: Staff, kind: str, clear: bytes, act: Act) -> None:
    """Seal something to a mediator. Of what was handed over only the newest is kept."""
    if mediator.public_key is None:
        raise CannotOpen
    if kind == "extract":
        forget_extract(session, one)
    row = MediatorNote(
        mediation_id=one.mediation.id, staff_id=mediator.id, kind_code=kind, written_on=act.on, sealed=b""
    )
    row.sealed = seal(clear, mediator.public_key, about=_about(row))
    session.add(row)
    session.flush()


def forget_extract(session: Session, one: Standing) -> None:
    """Delete what was handed over: the mediator needs it no more, or it was for another."""
    session.exec(
        delete(MediatorNote).where(
            col(MediatorNote.mediation_id) == one.mediation.id, col(MediatorNote.kind_code) == "extract"
        )
    )


def own_notes(session: Session, one: Standing, act: Act) -> list[OwnNote]:
    """Return what whoever acts wrote about a mediation, oldest first, agreements too."""
    rows = _rows(session, one, act)
    return [OwnNote(row, _open(row, act).decode()) for row in rows if row.kind_code != "extract"]


def extract_of(session: Session, one: Standing, act: Act) -> StepWords | None:
    """Return what was handed over to whoever acts; None if nothing was, or it cannot be opened."""
    rows = [row for row in _rows(session, one, act) if row.kind_code == "extract"]
    clear = _open(rows[-1], act) if rows else b""
    return StepWords.model_validate_json(clear) if clear else None


def _rows(session: Session, one: Standing, act: Act) -> list[MediatorNote]:
    wanted = select(MediatorNote).where(
        MediatorNote.mediation_id == one.mediation.id, MediatorNote.staff_id == act.who.id
    )
    return list(session.exec(wanted.order_by(col(MediatorNote.written_on), col(MediatorNote.id))))


def _open(row: MediatorNote, act: Act) -> bytes:
    try:
        return unseal(row.sealed, act.who.key, about=_about(row))
    except CannotOpen:
        return b""


def _about(row: MediatorNote) -> str:
    return f"mediation-{row.kind_code}/{row.mediation_id}/{row.staff_id}"
