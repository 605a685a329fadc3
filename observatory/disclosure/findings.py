"""What the audit says of its targets."""

from dataclasses import dataclass, field
from typing import Final

from observatory.disclosure.rules import Span, Status

CELL: Final = "cell"
REST: Final = "rest"
SUM: Final = "sum"
KNOWN: Final = "known"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the audit found out about one target.

    Attributes:
        table: the planned table of a cell, or of the cell a derived figure comes from.
        kind: `cell`, `rest` (a total without the cell), `sum` (the cell over several quarters), or `known`
            (a cell that someone who knows some of its records could narrow).
        quarters: the quarters it covers; a planned cell of a year covers all four.
    """

    table: str
    kind: str
    year: str
    quarters: tuple[str, ...]
    code: str
    span: Span
    status: Status

    @property
    def period(self) -> str:
        """Return the period as written in `audit.json`."""
        if self.table.startswith("year_") and self.kind == CELL:
            return self.year
        return "+".join(self.quarters)


@dataclass
class BlockFindings:
    """The audit of one year.

    Attributes:
        findings: every planned cell, and every derived figure that may be small or fails.
        targets: how many quantities were worked out.
        asked: questions put to the solver.
    """

    findings: list[Finding] = field(default_factory=list)
    targets: int = 0
    asked: int = 0

    @property
    def narrowed(self) -> list[Finding]:
        """Return the targets that break the guarantee."""
        return [one for one in self.findings if one.status == "narrowed"]
