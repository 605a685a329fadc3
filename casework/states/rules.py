"""In which state a case is, what may follow, and what guards the way. Pure: no store, no clock.

The table of states and guards stands beside, in `states.toml`. A state is derived from what is on record and
kept nowhere, so it cannot say anything else than the record does.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casework.cases.rules import FIRST_STAGE
from casework.conflicts.errors import ConflictUndecided
from office.languages import mark

_DATA: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("states.toml").read_text("utf-8"))

STATES: Final = {
    "new": mark("Waits for another adviser"),
    "assigned": mark("Given to an adviser"),
    "assessment": mark("Being assessed"),
    "advised": mark("Advised, the person decides"),
    "in_progress": mark("In progress"),
    "on_hold": mark("On hold"),
    "closure_requested": mark("Closing is asked for"),
    "closed": mark("Closed"),
    "void": mark("Void"),
}
MEANINGS: Final = {
    "new": mark(
        "Its adviser gave it back, or has done nothing with it for several working days. "
        "It stays with them until somebody else is given it. The limits go on running."
    ),
    "assigned": mark("Its adviser has not looked at it yet."),
    "assessment": mark("What happened, which limits run and what the person needs is being found out."),
    "advised": mark("The person knows the ways there are and decides which to take."),
    "in_progress": mark("The office acts on it, or looks whether what was agreed is kept."),
    "on_hold": mark("Somebody outside the office acts next. The limits go on running."),
    "closure_requested": mark(
        "A second person closes it or sends it back. The person knows nothing of it yet."
    ),
    "closed": mark("It has an outcome, and the person was told."),
    "void": mark("Two people say it was opened in error. It can be read, is not worked on and not counted."),
}
"""What each state is called, and what it says."""

STAGES_OF: Final[Mapping[str, frozenset[str]]] = {
    state: frozenset(row["stages"]) for state, row in _DATA["states"].items()
}
"""With which published stages a state goes together."""
NEXT: Final[Mapping[str, frozenset[str]]] = {
    state: frozenset(row["to"]) for state, row in _DATA["states"].items()
}
"""Which states may follow one."""

LEAVING_TRIAGE: Final[tuple[str, ...]] = tuple(_DATA["asked"]["leaving_triage"])
ACTING: Final[tuple[str, ...]] = tuple(_DATA["asked"]["acting"])
FOLLOWING: Final[tuple[str, ...]] = tuple(_DATA["asked"]["following"])
ACTING_STAGES: Final = frozenset({"action", "proceedings"})
PAGE_OF: Final[Mapping[str, str]] = {guard: row["page"] for guard, row in _DATA["guards"].items()}
WITH_REASON: Final = frozenset(guard for guard, row in _DATA["guards"].items() if row.get("with_reason"))

GUARDS: Final = {
    "conflict": ConflictUndecided.sentence,
    "keeps_out": mark("The adviser keeps out of this case. A supervisor gives it to somebody else first."),
    "compared": mark(
        "Nobody is named on the respondent's side, so no name was compared. "
        "Name them, or say that no respondent is known."
    ),
    "competence": mark("It is not decided which body is competent. Decide it, also when it is this office."),
    "adviser": mark("Its adviser gave the case back. A supervisor gives it to somebody else first."),
    "scan": mark("Nobody has looked which time limits run. Save a look, also when none applies."),
    "channel": mark("It is not decided how the person can be reached safely. Say it of at least one way."),
    "needs": mark("There is no assessment of what the person needs. Keep one."),
    "facts": mark("The facts are not coded. Choose at least one ground and the area of life."),
    "track": mark("No track is open. Open the one the person chose, or write why it goes on without."),
    "decision": mark(
        "It is not noted that the person decided, after the advice, to go on. "
        "Note it there, or write why no advice was needed."
    ),
    "way": mark(
        "No track is open, and it is not noted that the person decided to go on. "
        "Open the track, note the decision, or write why it goes on without."
    ),
}
"""What is missing, and how to satisfy it."""
KEPT: Final = {
    "conflict": mark("No conflict of interest is open"),
    "compared": mark("Who is complained about was compared, or nobody knows who it is"),
    "competence": mark("It is decided which body is competent"),
    "adviser": mark("An adviser has it"),
    "scan": mark("Somebody has looked which time limits run"),
    "channel": mark("It is decided how the person can be reached safely"),
    "needs": mark("What the person needs was assessed"),
    "facts": mark("The facts are coded"),
    "track": mark("A track is open"),
    "decision": mark("The person's decision about the advice is noted"),
    "way": mark("A track is open, or the person's decision is noted"),
}
"""What is there, by the same codes."""

SHORT: Final = {
    "track": mark("an open track"),
    "decision": mark("the person's decision about advice"),
    "way": mark("a track or the person's decision"),
}
"""What may be missing with a reason, as the timeline says it."""

REASONS_TO_RETURN: Final = {
    "load": mark("Too much work"),
    "language": mark("Another language is needed"),
    "subject": mark("Another subject is needed"),
}
"""Why an adviser gives a case back. A conflict of interest is declared instead: it also keeps them out."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the state of a case follows from.

    Attributes:
        stage: the published stage.
        is_looked_at: its adviser has looked at it since they were given it.
        is_given_back: its adviser gave it back or keeps out of it, and nobody else was given it since.
        is_returned: its adviser did nothing with it for the working days there are, cover counted.
        is_held: somebody outside the office acts next, and their day has not passed.
        is_closing_asked: somebody asked to close or to void it, and nobody has decided.
        is_void: it was opened in error.
    """

    stage: str
    is_looked_at: bool = False
    is_given_back: bool = False
    is_returned: bool = False
    is_held: bool = False
    is_closing_asked: bool = False
    is_void: bool = False


def state_of(facts: Facts) -> str:
    """Return the state of a case; `queries.in_state` asks the store the same, in the same order."""
    if facts.stage == "closed":
        return "void" if facts.is_void else "closed"
    if facts.is_closing_asked:
        return "closure_requested"
    if facts.stage == FIRST_STAGE and facts.is_given_back:
        return "new"
    if facts.is_held:
        return "on_hold"
    if facts.stage == FIRST_STAGE and facts.is_returned:
        return "new"
    if facts.stage == FIRST_STAGE:
        return "assessment" if facts.is_looked_at else "assigned"
    return "advised" if facts.stage == "advice" else "in_progress"


def guards_of(stage: str, to: str) -> tuple[str, ...]:
    """Return what is asked before a case goes from one stage to another."""
    asked = LEAVING_TRIAGE if stage == FIRST_STAGE else ()
    if to in ACTING_STAGES:
        asked = (*asked, *(one for one in ACTING if one not in asked))
    if stage == "advice" and to == "follow_up":
        asked = FOLLOWING
    return asked


def may_return(facts: Facts) -> bool:
    """Say whether an adviser may give a case back: only before the person was advised, whoever acts next."""
    return facts.stage == FIRST_STAGE and not facts.is_given_back and not facts.is_closing_asked
