"""The sheets of a case as they are read; whoever calls this has been to the door of the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.assessing.content import ProofSheet, Sheet
from casework.assessing.errors import SheetNotFound
from casework.assessing.rules import BIAS, NEEDS, PROOF
from casework.assessing.tables import CaseSheet
from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.tasks.tables import CaseTask
from casework.timeline.queries import names_of

AnySheet = TypeVar("AnySheet", bound=Sheet)


@dataclass(frozen=True, slots=True)
class Shown(Generic[AnySheet]):
    """One version in clear, and all there are of its sheet, the newest first, with who wrote each."""

    row: CaseSheet
    sheet: AnySheet
    versions: Sequence[tuple[CaseSheet, str]]

    @property
    def newest(self) -> int:
        """The number of the newest version."""
        return self.versions[0][0].number

    @property
    def is_newest(self) -> bool:
        """Whether nothing newer was written."""
        return self.row.number == self.newest

    @property
    def writer(self) -> str:
        """Who wrote this version."""
        return next(name for row, name in self.versions if row.id == self.row.id)


@dataclass(frozen=True, slots=True)
class Card:
    """What the page of a case tells of its sheets; nothing is opened for it.

    Attributes:
        proof: how many sheets of indications there are.
        bias: the newest checklist.
        needs: the newest assessment.
        review_on: the day on which somebody looks at the needs again; None if that was done or dropped.
    """

    proof: int
    bias: CaseSheet | None
    needs: CaseSheet | None
    review_on: date | None


def rows_of(session: Session, case: CaseFile, kind: str, place: int = 1) -> Sequence[CaseSheet]:
    """Return the versions of a sheet, the newest first; none if nobody wrote it."""
    return session.exec(
        select(CaseSheet)
        .where(CaseSheet.case_id == case.id, CaseSheet.kind_code == kind, CaseSheet.place == place)
        .order_by(col(CaseSheet.number).desc())
    ).all()


def shown(
    session: Session,
    case: CaseFile,
    kind: str,
    model: type[AnySheet],
    act: Act,
    *,
    place: int = 1,
    number: str = "",
) -> Shown[AnySheet] | None:
    """Return a version of a sheet in clear, the newest without `number`; None if nobody wrote the sheet.

    Raises:
        SheetNotFound: the sheet has no version of this number.
    """
    rows = rows_of(session, case, kind, place)
    if not rows:
        return None
    row = rows[0] if not number else next((one for one in rows if str(one.number) == number), None)
    if row is None:
        raise SheetNotFound(case=case.reference)
    names = names_of(session, [one.written_by for one in rows])
    clear = open_rows(session, case, [row], act)[0]
    return Shown(
        row, model.model_validate_json(clear), [(one, names.get(one.written_by, "")) for one in rows]
    )


def proof_for(
    session: Session, case: CaseFile, place: str, act: Act, *, number: str = ""
) -> Shown[ProofSheet]:
    """Return the sheet of indications at `place`, as it stands in an address.

    Raises:
        SheetNotFound: the case has none there, or not this version.
    """
    own = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 0
    found = shown(session, case, PROOF, ProofSheet, act, place=own, number=number)
    if found is None:
        raise SheetNotFound(case=case.reference)
    return found


def proofs_of(session: Session, case: CaseFile, act: Act) -> list[Shown[ProofSheet]]:
    """Return the sheets of indications of a case as they stand, in the order they were begun."""
    return [proof_for(session, case, str(place), act) for place in range(1, last_place(session, case) + 1)]


def last_place(session: Session, case: CaseFile) -> int:
    """Return how many sheets of indications a case has; places are counted from 1 and never left free."""
    wanted = select(CaseSheet.place).where(CaseSheet.case_id == case.id, CaseSheet.kind_code == PROOF)
    return max(session.exec(wanted).all(), default=0)


def card_of(session: Session, case: CaseFile) -> Card:
    """Return what the page of a case tells of its sheets."""
    bias, needs = (next(iter(rows_of(session, case, kind)), None) for kind in (BIAS, NEEDS))
    task = session.get(CaseTask, needs.task_id) if needs and needs.task_id else None
    review_on = task.due_on if task and task.is_open else None
    return Card(last_place(session, case), bias, needs, review_on)
