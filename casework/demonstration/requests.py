"""Invented requests from authorities, which wait for the data protection officer of the demonstration."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.authority_requests.actions import Received, enter_request
from casework.demonstration.invention import at_work

REQUESTS: Final = (
    (9, "city", "electronic", ("statistics",), "", "partly"),
    (4, "police", "letter", ("known", "whereabouts"), "LO 7/2021, art. 7", "refused"),
    (1, "immigration", "call", ("whereabouts",), "", "refused"),
)
"""Days ago, who asks, how, for what, the law that is named, and the answer a supervisor proposes."""


def enter_requests(session: Session, act_on: Callable[[date], Act], today: date) -> None:
    """Enter the invented requests, the oldest first."""
    for days_ago, authority, way, asked, legal_basis, proposed in REQUESTS:
        act = act_on(min(at_work(today - timedelta(days=days_ago)), today))
        received = Received(act.on, authority, way, asked, legal_basis, proposed)
        enter_request(session, received, act)
