"""What the export of the list of cases tells of each: its number, codes and days. No names and no words."""

from collections.abc import Iterator, Sequence
from typing import Final

from casework.listing.exporting import Cell
from casework.queues.queries import Line
from office.ids import shown

FIELDS: Final = (
    "opened_on",
    "closed_on",
    "stage_code",
    "outcome_code",
    "urgency_code",
    "routing_code",
    "channel_code",
    "language",
    "area_code",
    "respondent_code",
    "district_code",
    "ground_codes",
    "conduct_codes",
    "next_on",
    "limit_on",
    "assigned_on",
)
NAMES: Final = ("case", *FIELDS, "unread")


def rows_of(lines: Sequence[Line]) -> Iterator[list[Cell]]:
    """Return the cases, one a row.

    A case that stands under another follows it; its unread messages are counted in the row before.
    """
    for line in lines:
        for case, unread in ((line.case, line.unread), *((one, None) for one in line.under)):
            yield [shown(case.reference), *(getattr(case, name) for name in FIELDS), unread]
