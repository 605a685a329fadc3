"""The letters of a case in clear, for its holders, and the files that were made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.letters.content import LetterText, MadeFile
from casework.letters.errors import LetterNotFound
from casework.letters.tables import Letter, LetterFile
from casework.timeline.queries import names_of
from casework.written import id_in


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter in clear, with who wrote and who sent it."""

    letter: Letter
    text: LetterText
    writer: str
    sender: str

    @property
    def newest(self) -> tuple[MadeFile, ...]:
        """The files made last, one in each format."""
        last = max((one.number for one in self.text.made), default=0)
        return tuple(one for one in self.text.made if one.number == last)


def letter_for(session: Session, case: CaseFile, written_id: str, *, to_change: bool = False) -> Letter:
    """Return a letter of this case; `to_change` holds it.

    Raises:
        LetterNotFound: none of this case.
    """
    wanted = select(Letter).where(Letter.id == id_in(written_id), Letter.case_id == case.id)
    row = session.exec(wanted.with_for_update() if to_change else wanted).first()
    if row is None:
        raise LetterNotFound(case=case.reference)
    return row


def letters_of(session: Session, case: CaseFile, act: Act) -> list[ShownLetter]:
    """Return the letters of a case, the newest first; those of one day by what they are."""
    rows = session.exec(
        select(Letter)
        .where(Letter.case_id == case.id)
        .order_by(col(Letter.begun_on).desc(), col(Letter.template), col(Letter.id))
    ).all()
    return _shown(session, case, rows, act)


def shown_letter(session: Session, case: CaseFile, letter: Letter, act: Act) -> ShownLetter:
    """Return one letter in clear."""
    return _shown(session, case, [letter], act)[0]


def file_of(session: Session, case: CaseFile, letter: Letter, number: int, code: str, act: Act) -> bytes:
    """Return a file that was made of a letter.

    Raises:
        LetterNotFound: it was never made.
    """
    row = session.exec(
        select(LetterFile).where(
            LetterFile.letter_id == letter.id, LetterFile.number == number, LetterFile.format_code == code
        )
    ).first()
    if row is None:
        raise LetterNotFound(case=case.reference)
    return open_rows(session, case, [row], act)[0]


def not_sent(session: Session, case_id: UUID) -> Sequence[Letter]:
    """Return the letters of a case that are made and not noted as sent, the oldest first."""
    wanted = select(Letter).where(Letter.case_id == case_id, Letter.state_code == "made")
    return session.exec(wanted.order_by(col(Letter.begun_on), col(Letter.template), col(Letter.id))).all()


def counted(session: Session, case: CaseFile) -> dict[str, int]:
    """Return how many letters of a case are in each state; those in which none is are left out."""
    found: dict[str, int] = {}
    for state in session.exec(select(Letter.state_code).where(Letter.case_id == case.id)):
        found[state] = found.get(state, 0) + 1
    return found


def _shown(session: Session, case: CaseFile, rows: Sequence[Letter], act: Act) -> list[ShownLetter]:
    opened = open_rows(session, case, rows, act)
    people = [one.written_by for one in rows] + [one.sent_by for one in rows if one.sent_by]
    names = names_of(session, people)
    return [
        ShownLetter(
            row,
            LetterText.model_validate_json(clear),
            names.get(row.written_by, ""),
            names.get(row.sent_by, "") if row.sent_by else "",
        )
        for row, clear in zip(rows, opened, strict=True)
    ]
