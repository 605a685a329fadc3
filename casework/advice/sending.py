"""No translation by a machine that nobody has checked goes to the person, by whatever way."""

from typing import Final

from sqlmodel import Session, select

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

    What stands in a translation too that a human being made or compared is not the machine's alone.

    Raises:
        MachineTranslationUnchecked: it does.
    """
    rows = session.exec(select(AdviceTranslation).where(AdviceTranslation.case_id == case.id)).all()
    if all(row.may_be_delivered for row in rows):
        return
    clear = [TranslationText.model_validate_json(one).text for one in open_rows(session, case, rows, act)]
    told = list(zip(rows, clear, strict=True))
    fine = {piece for row, one in told if row.may_be_delivered for piece in pieces_of(one)}
    said = _plain(text)
    for row, one in told:
        if not row.may_be_delivered and any(piece in said for piece in set(pieces_of(one)) - fine):
            raise MachineTranslationUnchecked(case=case.reference)


def pieces_of(translated: str) -> list[str]:
    """Return by what a translation is known again: the whole of it, and each of its long lines."""
    whole = _plain(translated)
    lines = [line for line in map(_plain, translated.splitlines()) if len(line) >= LEAST_LINE]
    return ([whole] if len(whole) >= LEAST_WHOLE else []) + lines


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
