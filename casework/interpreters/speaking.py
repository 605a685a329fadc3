"""Who of the office speaks which language, as each says of themselves."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.interpreters.rules import ADVISES, LEVELS
from casework.interpreters.tables import StaffLanguage
from casework.timeline.actions import record
from office.stores.keyroom import Staff


def own_languages(session: Session, staff_id: UUID) -> Sequence[StaffLanguage]:
    """Return the languages of one member of staff."""
    wanted = select(StaffLanguage).where(StaffLanguage.staff_id == staff_id)
    return session.exec(wanted.order_by(StaffLanguage.language_code)).all()


def note_own_languages(session: Session, levels: Mapping[str, str], act: Act) -> None:
    """Keep in which languages whoever acts works; what is not among `levels` is forgotten."""
    for row in own_languages(session, act.who.id):
        if levels.get(row.language_code) != row.level_code:
            session.delete(row)
    session.flush()
    known = {row.language_code for row in own_languages(session, act.who.id)}
    for code, level in levels.items():
        if code not in known:
            session.add(
                StaffLanguage(staff_id=act.who.id, language_code=code, level_code=level, noted_on=act.on)
            )
    session.flush()
    record(session, "own_languages_noted", at=act.at, by=act.who.id, count=len(levels))


def speakers_of(session: Session, tag: str) -> dict[UUID, str]:
    """Return who of those who work here speaks a language, with the better level of theirs.

    An easy or regional variant is the same language.
    """
    primary = tag.partition("-")[0]
    wanted = (
        select(StaffLanguage)
        .join(Staff, col(Staff.id) == col(StaffLanguage.staff_id))
        .where(col(Staff.active))
        .where(
            (col(StaffLanguage.language_code) == primary)
            | col(StaffLanguage.language_code).startswith(f"{primary}-", autoescape=True)
        )
    )
    order = list(LEVELS)
    found: dict[UUID, str] = {}
    for row in session.exec(wanted):
        before = found.get(row.staff_id, row.level_code)
        found[row.staff_id] = min(before, row.level_code, key=order.index)
    return found


def advises_in(session: Session, staff_id: UUID, tag: str) -> bool:
    """Say whether somebody of the office can advise in a language."""
    return speakers_of(session, tag).get(staff_id) == ADVISES
