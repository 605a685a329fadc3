"""Which body is competent for a case, for a program."""

from datetime import date
from typing import Final

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, choices
from casework.api.shown import Page, Shape, Shown


class Decision(Shown):
    """One decision about competence, in words."""

    body: str
    name: str = Field(description="The name of the body; it may be empty for this office.")
    note: str
    decided_by: str
    decided_on: date


class DecidingCompetence(Versioned):
    """Deciding which body is competent."""

    competent: tuple[Choice, ...]


class CompetenceShown(Shown):
    """What was decided about competence, the newest first: that one holds."""

    case_number: str
    decisions: tuple[Decision, ...]
    form: DecidingCompetence | None = Field(description="None once the case is closed.")


def competence(page: Page) -> CompetenceShown:
    """Return which body is competent."""
    case = page["case"]
    return CompetenceShown(
        case_number=case.reference,
        decisions=tuple(
            Decision(
                body=body,
                name=one.words.name,
                note=one.words.note,
                decided_by=name,
                decided_on=one.row.decided_on,
            )
            for one, body, name in page["decisions"]
        ),
        form=None
        if case.is_closed
        else DecidingCompetence(version=page["latest"], competent=choices(page["bodies"])),
    )


SHAPES: Final[dict[str, Shape]] = {"competence.html": competence}
