"""Words about a pattern, sealed in each of its cases: in under every key, out by the one the reader has."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlmodel import Session, col, select

from casework.acts import Act
from casework.cases.errors import CaseNotFound
from casework.cases.sealed_rows import open_rows, seal_row
from casework.cases.tables import CaseFile
from casework.forms import LONGEST_TEXT
from casework.patterns.litigation_tables import LitigationStep, LitigationWords
from casework.patterns.queries import agreed_cases

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class StepWords(BaseModel):
    """What lies sealed of a step: of a proposal question, aim and risk, of any other a text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = 1
    question: Text = ""
    aim: Text = ""
    risk: Text = ""
    text: Text = ""

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.question or self.aim or self.risk or self.text)


def write(session: Session, step: LitigationStep, words: StepWords) -> None:
    """Seal what was written in each case that agreed; a public key is enough for that.

    Whoever calls this holds those cases.
    """
    if words.is_empty:
        return
    for case in agreed_cases(session, step.pattern_id):
        seal_row(session, case, LitigationWords(step_id=step.id, case_id=case.id), words.as_bytes())
    session.flush()


def read(
    session: Session, steps: Sequence[LitigationStep], cases: Sequence[CaseFile], act: Act
) -> Mapping[UUID, StepWords | None]:
    """Return what was written with each step that has words; None where the reader has no key to them.

    Args:
        session: the request's transaction.
        steps: of one pattern.
        cases: those of it that are shown to the reader (`queries.group_for`).
        act: who reads.

    Raises:
        CannotOpen: a row is damaged.
    """
    ids = [one.id for one in steps]
    rows = session.exec(select(LitigationWords).where(col(LitigationWords.step_id).in_(ids))).all()
    found: dict[UUID, StepWords | None] = {row.step_id: None for row in rows}
    for case in cases:
        own = [row for row in rows if row.case_id == case.id and found[row.step_id] is None]
        try:
            opened = open_rows(session, case, own, act)
        except CaseNotFound:
            continue  # shown to them, and not theirs to open
        for row, clear in zip(own, opened, strict=True):
            found[row.step_id] = StepWords.model_validate_json(clear)
    return found
