"""No translation by a machine that nobody has checked goes to the person, by whatever way."""

from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.advice.content import TranslationText
from casework.advice.errors import MachineTranslationUnchecked
from casework.advice.tables import AdviceTranslation
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile

LEAST_WHOLE: Final = 12
LEAST_LINE: Final = 40
"""Characters from which a whole translation, or a line of one, is known again in a message."""


def require_checked_by_people(session: Session, case: CaseFile, text: str, act: Act) -> None:
    """Refuse a text in which a machine's unchecked translation of advice in this case stands.

    Raises:
        MachineTranslationUnchecked: it does.
    """
    wanted = (
        select(AdviceTranslation)
        .where(AdviceTranslation.case_id == case.id)
        .where(col(AdviceTranslation.is_machine), col(AdviceTranslation.checked_on).is_(None))
    )
    rows = session.exec(wanted).all()
    if not rows:
        return
    said = _plain(text)
    for clear in open_rows(session, case, rows, act):
        if any(piece in said for piece in pieces_of(TranslationText.model_validate_json(clear).text)):
            raise MachineTranslationUnchecked(case=case.reference)


def pieces_of(translated: str) -> list[str]:
    """Return by what a translation is known again: the whole of it, and each of its long lines."""
    whole = _plain(translated)
    lines = [line for line in map(_plain, translated.splitlines()) if len(line) >= LEAST_LINE]
    return ([whole] if len(whole) >= LEAST_WHOLE else []) + lines


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
