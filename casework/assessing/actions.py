"""Writing a sheet: each time a version of its own and one event. None commits."""

from uuid import UUID

from sqlmodel import Session

from casework.acts import Act
from casework.assessing.content import NeedsSheet, ProofSheet, Sheet
from casework.assessing.errors import SheetChanged, SheetNotFound
from casework.assessing.queries import last_place, rows_of
from casework.assessing.rules import NEEDS, PROOF
from casework.assessing.tables import CaseSheet
from casework.cases.errors import CaseAlreadyClosed
from casework.cases.sealed_rows import seal_row
from casework.cases.tables import CaseFile
from casework.conflicts.guards import require_free_to_go_on
from casework.tasks.actions import Wanted, make_task, settle_task
from casework.tasks.tables import CaseTask
from casework.timeline.actions import record


def may_write(case: CaseFile, act: Act) -> bool:
    """Say whether whoever acts writes the sheets of a case: its adviser does, others who hold it read."""
    return case.assigned_to == act.who.id and not case.is_closed


def write_sheet(
    session: Session,
    case: CaseFile,
    kind: str,
    sheet: Sheet,
    act: Act,
    *,
    version: int,
    place: int = 1,
    task_id: UUID | None = None,
) -> CaseSheet:
    """Keep a sheet as a new version; `version` is the one it was made from, 0 if there was none.

    Raises:
        SheetNotFound: the case is another adviser's.
        CaseAlreadyClosed: nothing is assessed in a closed case.
        ConflictUndecided, AdviserKeepsOut: see `conflicts.guards`.
        SheetChanged: somebody wrote a newer version.
    """
    _require(session, case, kind, act, version=version, place=place)
    row = CaseSheet(
        case_id=case.id,
        kind_code=kind,
        place=place,
        number=version + 1,
        written_by=act.who.id,
        written_on=act.on,
        task_id=task_id,
    )
    seal_row(session, case, row, sheet.as_bytes())
    session.flush()
    record(session, "sheet_written", at=act.at, by=act.who.id, case_id=case.id, sheet=kind)
    return row


def begin_proof(session: Session, case: CaseFile, sheet: ProofSheet, act: Act) -> CaseSheet:
    """Begin a sheet of indications for another harm.

    Raises:
        SheetNotFound, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut: see `write_sheet`.
    """
    place = last_place(session, case) + 1
    return write_sheet(session, case, PROOF, sheet, act, version=0, place=place)


def write_needs(
    session: Session, case: CaseFile, sheet: NeedsSheet, act: Act, *, version: int, called: str
) -> CaseSheet:
    """Keep an assessment of needs, and give its writer the task to look again; the task before it is done.

    `called` is what the task is called.

    Raises:
        SheetNotFound, CaseAlreadyClosed, ConflictUndecided, AdviserKeepsOut, SheetChanged: see `write_sheet`.
    """
    rows = _require(session, case, NEEDS, act, version=version, place=1)
    before = session.get(CaseTask, rows[0].task_id) if rows else None
    if before and before.is_open:
        settle_task(session, case, before.id, "done", act)
    wanted = Wanted("other", "person", act.who.id, sheet.review_on, called)
    task = make_task(session, case, wanted, act)
    return write_sheet(session, case, NEEDS, sheet, act, version=version, task_id=task.id)


def ask_to_keep(session: Session, case: CaseFile, wanted: Wanted, act: Act) -> None:
    """Make the task to ask somebody to keep what would disappear.

    Raises:
        SheetNotFound, CaseAlreadyClosed: see `write_sheet`.
        CannotDoTask: see `make_task`.
    """
    _require_own(case, act)
    make_task(session, case, wanted, act)


def _require(
    session: Session, case: CaseFile, kind: str, act: Act, *, version: int, place: int
) -> list[CaseSheet]:
    _require_own(case, act)
    require_free_to_go_on(session, case)
    rows = list(rows_of(session, case, kind, place))
    if (rows[0].number if rows else 0) != version:
        raise SheetChanged(case=case.reference)
    return rows


def _require_own(case: CaseFile, act: Act) -> None:
    if case.assigned_to != act.who.id:
        raise SheetNotFound(case=case.reference)
    if case.is_closed:
        raise CaseAlreadyClosed(case=case.reference)
