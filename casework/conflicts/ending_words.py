"""What the page of people says of walls that were taken down, and of a respondent nobody knows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import col, select

from casework.cases.sealed_rows import open_rows
from casework.cases.tables import CaseFile
from casework.conflicts.nobody_known import nobody_known
from casework.conflicts.rules import BY_DECISION, RELATIONS
from casework.conflicts.tables import WallDown
from casework.staff.rules import Permission
from casework.timeline.queries import names_of

if TYPE_CHECKING:
    from casework.showing import View


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody who kept out of the case, and who ended that, when and why."""

    name: str
    relation: str
    made_on: date
    down_on: date
    down_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class NobodyCard:
    """That no respondent is known, who said so and why."""

    name: str
    said_on: date
    why: str


def ended_of(view: "View", case: CaseFile) -> list[Ended]:
    """Return whose keeping out was ended, the newest first: to supervisors all, to anybody their own."""
    wanted = select(WallDown).where(WallDown.case_id == case.id)
    if not view.act.who.may(Permission.SUPERVISE):
        wanted = wanted.where(WallDown.staff_id == view.act.who.id)
    rows = view.session.exec(wanted.order_by(col(WallDown.down_on).desc(), col(WallDown.id))).all()
    names = names_of(view.session, [one for row in rows for one in (row.staff_id, row.down_by)])
    words = RELATIONS | BY_DECISION
    return [
        Ended(
            names.get(row.staff_id, ""),
            view.text(words[row.relation_code]),
            row.made_on,
            row.down_on,
            names.get(row.down_by, ""),
            clear.decode(),
        )
        for row, clear in zip(rows, open_rows(view.session, case, rows, view.act), strict=True)
    ]


def nobody_card(view: "View", case: CaseFile) -> NobodyCard | None:
    """Return that no respondent is known, while it stands."""
    row = nobody_known(view.session, case)
    if row is None:
        return None
    name = names_of(view.session, [row.said_by]).get(row.said_by, "")
    return NobodyCard(name, row.said_on, open_rows(view.session, case, [row], view.act)[0].decode())
