"""What pages say of the end of a case: each track with its result, what the person got and has in hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from casework.cases.tables import CaseFile
from casework.feedback.tables import Feedback
from casework.letters.rules import PERSON
from casework.letters.tables import Letter
from casework.states.level import LEVELS, level_of
from casework.states.track_ends import said_when_closed
from casework.tracks.outcomes import LEFT_OPEN, OUTCOMES, SAID, outcome_of, result_of
from casework.tracks.wording import Line, lines_of

if TYPE_CHECKING:
    from casework.showing import View

LEFT = "sent"


@dataclass(frozen=True, slots=True)
class Ended:
    """One track as it is when its case is closed.

    Attributes:
        line: the track in one line.
        outcome: how it ended by its own steps, a code; None while it is open.
        decided: the newest decision on it, a code; it may be appealed still.
        said: what is said of it with the request to close, a code; None if nothing is.
    """

    line: Line
    outcome: str | None
    decided: str | None
    said: str | None

    @property
    def field(self) -> str:
        """The field of the form that says how it ended."""
        return f"track_{self.line.id}"

    @property
    def is_left(self) -> bool:
        """Whether it is open and nobody says how it ended."""
        return self.line.is_open and self.said in (None, LEFT_OPEN)


@dataclass(frozen=True, slots=True)
class ToldOfTheEnd:
    """What the person has in hand: a letter, and whether they are asked if it helped.

    Attributes:
        letter: where the newest letter to them stands: `sent`, `made`, `draft`; empty if there is none.
        letter_on: the day it left.
        can_answer: whether they have a receipt, with which they are asked once it is closed.
        answered_on: when an answer came last.
    """

    letter: str
    letter_on: date | None
    can_answer: bool
    answered_on: date | None


def ended_tracks(view: "View", case: CaseFile, said: Mapping[UUID, str]) -> list[Ended]:
    """Return every track of a case with its result, those that are open first."""
    return [
        Ended(one, outcome_of(one.one.steps), result_of(one.one.steps), said.get(one.id))
        for one in lines_of(view, case)
    ]


def told_of_the_end(session: Session, case: CaseFile) -> ToldOfTheEnd:
    """Return what the person has in hand at the end of a case."""
    letters = session.exec(
        select(Letter)
        .where(Letter.case_id == case.id, Letter.to_code == PERSON)
        .options(
            defer(Letter.sealed)  # type: ignore[arg-type]  # a column
        )
    ).all()
    there = {one.state_code for one in letters}
    answered = session.exec(
        select(func.max(col(Feedback.received_on))).where(Feedback.case_number == case.reference)
    ).one()
    return ToldOfTheEnd(
        letter=next((state for state in (LEFT, "made", "draft") if state in there), ""),
        letter_on=max((one.sent_on for one in letters if one.sent_on is not None), default=None),
        can_answer=case.reporter_public_key is not None,
        answered_on=answered,
    )


def end_of(view: "View", case: CaseFile) -> dict[str, object]:
    """Return what the page of a case tells of its end; of an open one only what the person got so far."""
    is_closed = case.is_closed and not case.is_void
    level = level_of(view.session, case.id)
    return {
        "level": (level, view.text(LEVELS[level])),
        "tracks": ended_tracks(view, case, said_when_closed(view.session, case.id)) if is_closed else (),
        "told": told_of_the_end(view.session, case) if is_closed else None,
        "outcomes": words_of_ends(view),
    }


def words_of_ends(view: "View") -> dict[str, str]:
    """Return how a track ended in words, by code."""
    return {code: view.text(words) for code, words in {**SAID, **OUTCOMES}.items()}
