"""The invented cases' deadlines: what ties to what was told is kept, and let go before a case is closed."""

from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.deadlines.actions import save_scan, waive
from casework.deadlines.proposals import proposed, told_of
from casework.deadlines.starts import Days
from casework.deadlines.still_open import open_deadlines
from office.deadlines.warnings import told_on

MOST: Final = 3
NONE_APPLIES: Final = "Con lo contado no corre ningún plazo (inventado)."
SETTLED: Final = "La persona prefirió el acuerdo alcanzado (inventado)."


def look_at_limits(session: Session, case: CaseFile, act: Act) -> None:
    """Go through the limits of a case and keep the first of those that tie to it and are not over."""
    story = story_of(session, case, act)
    event = told_on(story.when, act.on)
    days = Days(event) if event else None
    found = [
        one.route.code
        for one in proposed(told_of(case, story), days, act)
        if one.why and one.due is not None and one.due.on >= act.on
    ][:MOST]
    reason = "" if found else NONE_APPLIES
    save_scan(session, case, found, days if found else None, reason, act, version=case.version)


def let_go(session: Session, case: CaseFile, act: Act) -> None:
    """Say of each open deadline that the person let it go."""
    for row in open_deadlines(session, case.id):
        waive(session, case, row, "person", SETTLED, act, version=case.version)
