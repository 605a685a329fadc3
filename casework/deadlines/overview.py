"""The deadlines of one case, as its page shows them: the next one first, what has ended behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from casework.cases.tables import CaseFile
from casework.deadlines.classes import classified
from casework.deadlines.queries import clocks, of_case
from casework.deadlines.still_open import last_scan
from casework.deadlines.tables import LimitScan
from casework.deadlines.wording import Told, label_name, told
from casework.deadlines.words import Written, written
from casework.timeline.queries import names_of
from office.deadlines.limits import DueDate

if TYPE_CHECKING:
    from casework.showing import View


@dataclass(frozen=True, slots=True)
class Overview:
    """What a case's page says of its deadlines.

    Attributes:
        binding: what still binds, the earliest first.
        ended: what was met, missed, waived or counted anew.
        scan: the newest look at which limits run; None if nobody has looked.
        classes: the last days of a clock by classification, the earliest first; of clocks with several only.
        words: what was written about the deadlines as a whole: why none applies, why it was closed over one.
    """

    binding: Sequence[Told]
    ended: Sequence[Told]
    scan: LimitScan | None
    words: Sequence[Written]
    classes: Mapping[UUID, Sequence[tuple[str, DueDate]]]

    @property
    def ours(self) -> Sequence[Told]:
        """What the office or the person acts by."""
        return [one for one in self.binding if one.row.is_ours]

    @property
    def awaited(self) -> Sequence[Told]:
        """By when authorities have to answer."""
        return [one for one in self.binding if not one.row.is_ours]


def deadlines_of(view: "View", case: CaseFile) -> Overview:
    """Return the deadlines of a case in words."""
    rows = of_case(view.session, case)
    people = {one for row in rows for one in (row.made_by, row.confirmed_by, row.settled_by) if one}
    names = names_of(view.session, list(people))
    lines = [told(view, clock, names) for clock in clocks(view.session, rows, view.act.on, view.act.city)]
    binding = [one for one in lines if one.row.is_open]
    classes = {one.row.id: classified(one.clock, view.act.city) for one in binding}
    return Overview(
        binding=binding,
        ended=[one for one in lines if not one.row.is_open],
        scan=last_scan(view.session, case.id),
        words=written(view.session, case, view.act, [None]),
        classes={
            id: [(label_name(one.limit.label, view.language), one) for one in found]
            for id, found in classes.items()
            if len(found) > 1
        },
    )
