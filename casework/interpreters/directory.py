"""The directory of interpreters: read by everybody who works in cases, kept by supervisors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.interpreters.errors import InterpreterChanged, InterpreterNotFound
from casework.interpreters.rules import interprets
from casework.interpreters.tables import Interpreter
from casework.timeline.actions import hold_office, record
from casework.written import id_in


@dataclass(frozen=True, slots=True)
class Noted:
    """What a supervisor says of an interpreter; `has_ended`: nobody asks them any more."""

    name: str
    is_service: bool
    language_codes: tuple[str, ...]
    kind_codes: tuple[str, ...]
    is_in_person: bool
    is_remote: bool
    way: str
    undertaking_on: date | None
    ask_first: bool
    has_ended: bool


def directory(session: Session, *, with_ended: bool = False) -> Sequence[Interpreter]:
    """Return the interpreters by name, those who may be asked first."""
    wanted = select(Interpreter).order_by(col(Interpreter.ended_on).is_not(None), Interpreter.name)
    if not with_ended:
        wanted = wanted.where(col(Interpreter.ended_on).is_(None))
    return session.exec(wanted).all()


def interpreters_for(session: Session, tag: str, need: str | None) -> list[Interpreter]:
    """Return who interprets for a person, those who undertook to keep silent first."""
    found = [one for one in directory(session) if interprets(one.language_codes, one.kind_codes, tag, need)]
    return sorted(found, key=lambda one: not one.has_undertaken)


def interpreter_of(session: Session, written_id: str) -> Interpreter:
    """Return one of the directory, also one who ended; raise InterpreterNotFound."""
    wanted = id_in(written_id)
    row = session.get(Interpreter, wanted) if wanted else None
    if row is None:
        raise InterpreterNotFound
    return row


def note_interpreter(
    session: Session, row: Interpreter | None, noted: Noted, act: Act, *, version: int
) -> Interpreter:
    """Keep what is known of an interpreter, checked by whoever acts today; a new one if none is given.

    Raises:
        InterpreterChanged: somebody changed it since `version`.
    """
    hold_office(session)
    if row is not None:
        session.refresh(row)
    if version != (row.version if row else 0):
        raise InterpreterChanged
    if row is None:
        row = Interpreter(name="", language_codes="", kind_codes="", way="", version=0,
                          checked_on=act.on, checked_by=act.who.id)  # fmt: skip
    row.name, row.is_service, row.way = noted.name, noted.is_service, noted.way
    row.language_codes, row.kind_codes = " ".join(noted.language_codes), " ".join(noted.kind_codes)
    row.is_in_person, row.is_remote, row.ask_first = noted.is_in_person, noted.is_remote, noted.ask_first
    row.undertaking_on, row.checked_on, row.checked_by = noted.undertaking_on, act.on, act.who.id
    row.ended_on = (row.ended_on or act.on) if noted.has_ended else None
    row.version += 1
    session.add(row)
    session.flush()
    record(session, "interpreter_listed", at=act.at, by=act.who.id, interpreter=str(row.id))
    return row
