"""Which cases are on hold: somebody outside the office acts next, and their day has not passed."""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from casework.cases.tables import CaseFile
from casework.tasks.tables import NextAction

OUTSIDE: Final = ("person", "body")
"""Who can be waited for outside the office, of `rules.ACTORS`."""


def is_held(today: date) -> ColumnElement[bool]:
    """Return the condition that a case waits for the person or another body, and may do so today.

    Once the day has passed the case is the office's work again, whether or not anybody noticed.
    """
    return (
        select(NextAction.case_id)
        .where(
            NextAction.case_id == CaseFile.id,
            col(NextAction.who_code).in_(OUTSIDE),
            col(NextAction.by_on) >= today,
        )
        .exists()
    )
