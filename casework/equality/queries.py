"""Answers about oneself, opened in memory with the keys of whoever looks."""

from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from casework.equality.rules import is_over
from casework.equality.tables import EqualityAnswer
from casework.staff.keys import names_held, office_key
from casework.staff.sessions import SignedIn
from office.handover.report import EqualityAnswers
from office.sealing.boxes import CannotOpen, unseal

QUARTERS: Final = 8
"""How many quarters back the page shows."""


def answers(session: Session, who: SignedIn, day: date) -> dict[str, list[EqualityAnswers]]:
    """Return the answers of the last quarters that are over, the newest first.

    What this person holds no key for, or what is damaged, is left out: nothing of it can be counted.
    """
    asked = select(EqualityAnswer.quarter).distinct().order_by(col(EqualityAnswer.quarter).desc())
    quarters = [quarter for quarter in session.exec(asked) if is_over(quarter, day)][:QUARTERS]
    keys = {name: office_key(session, who, name) for name in names_held(session, who.id)}
    found: dict[str, list[EqualityAnswers]] = {quarter: [] for quarter in quarters}
    for row in session.exec(select(EqualityAnswer).where(col(EqualityAnswer.quarter).in_(quarters))):
        if row.key_name not in keys:
            continue
        try:
            told = unseal(row.sealed, keys[row.key_name], about="equality")
            found[row.quarter].append(EqualityAnswers.model_validate_json(told))
        except (CannotOpen, ValueError):
            continue
    return found
