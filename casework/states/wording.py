"""What pages say of void cases, and of who agrees about the end of one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casework.cases.tables import CaseFile
from casework.states.heads import agreement_stands, heads_for, needs_the_head
from casework.states.tables import ClosingRequest
from casework.states.void_counts import VoidCount
from casework.states.void_rules import REASONS
from casework.states.voiding import voided_by

if TYPE_CHECKING:
    from casework.showing import View


def void_lines(view: "View", counts: Sequence[VoidCount]) -> list[tuple[str, str, int]]:
    """Return month and reason in words, and how many cases became void for it."""
    return [(view.language.month(one.month), view.text(REASONS[one.reason]), one.cases) for one in counts]


def void_reason(view: "View", case: CaseFile) -> str:
    """Return why a case is void; empty if it is not."""
    row = voided_by(view.session, case) if case.is_void else None
    return view.text(REASONS[row.reason_code]) if row is not None else ""


def who_agrees(view: "View", case: CaseFile, row: ClosingRequest | None) -> dict[str, object]:
    """Return whether the head of the office agrees to a request, who can, and if that no longer holds."""
    if row is None:
        return {"by_head": False, "heads": "", "outgrown": False}
    session = view.session
    return {
        "by_head": needs_the_head(session, case, row),
        "heads": view.language.listed([one.display_name for one in heads_for(session, case, row)]),
        "outgrown": row.agreed_on is not None and not agreement_stands(session, case, row),
    }
