"""What is on its way: changed consents, and an answer about an appointment, until the desk says so.

What was asked is sealed for the office and cannot be read here again. So a note of it is kept in the table
of drafts, sealed under the receipt itself, in the same commit: whoever has the receipt sees it, nobody else,
and it is swept like a draft. Under a new receipt key it is not found any more.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from pydantic import ValidationError

from intake_api.drafts.keeping import DELETE, INSERT, SELECT
from intake_api.letterbox import Desk
from intake_api.returning.open_case import Asked, BookingAsked, Visit
from office.handover.report import ConsentCode
from office.sealing.boxes import CannotOpen
from office.sealing.drafts import draft_lookup, open_draft, seal_draft

DAYS: Final = timedelta(days=90)
"""How long it is kept after the last change; the desk reads one within days."""


def reading(visit: Visit) -> Callable[[Desk], Asked]:
    """Return the work that reads what was asked with a receipt."""
    code, lookup = _code(visit), asked_at(visit)

    def work(desk: Desk) -> Asked:
        desk.bring(lookup=lookup)
        rows: list[tuple[Any, ...]] = desk.rows(SELECT, (lookup,))
        try:
            return Asked.model_validate_json(open_draft(code, bytes(rows[0][0]))) if rows else Asked()
        except (CannotOpen, ValidationError):
            return Asked()

    return work


def noting(
    visit: Visit,
    more: Mapping[ConsentCode, bool],
    today: date,
    *,
    booking: BookingAsked | None = None,
    wished_at: int | None = None,
) -> Callable[[Desk], int]:
    """Return the work that notes what is asked now beside what was asked before.

    `wished_at`: an appointment is asked for, when so much had been told of one.
    """
    code, until = _code(visit), (today + DAYS).isoformat()
    lookup, read = asked_at(visit), reading(visit)

    def work(desk: Desk) -> int:
        was = read(desk)
        told = was.model_copy(
            update={
                "consents": {**was.consents, **more},
                "booking": booking or was.booking,
                **({} if wished_at is None else {"wished_on": today, "wished_at": wished_at}),
            }
        )
        desk.change(DELETE, (lookup,))
        return desk.change(INSERT, (lookup, seal_draft(code, told.model_dump_json().encode()), until))

    return work


def asked_at(visit: Visit) -> bytes:
    """Return where the note of a receipt is kept."""
    return draft_lookup(_code(visit))


def _code(visit: Visit) -> str:
    return f"consents asked {visit.cookie()}"
