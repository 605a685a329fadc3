"""The duty to report in a case for a program."""

from typing import Final
from uuid import UUID

from casework.api.shapes.forms import By, by, yes_or_no
from casework.api.shapes.parts import Choice, choices, worded
from casework.api.shown import Page, Shape, Shown


class DutyReading(Shown):
    """What a second person says of a decision."""

    reading: Choice | None
    read: By | None
    words: str


class DutyDecision(Shown):
    """One decision about reporting; without a reading it waits for the second reader."""

    decision: Choice | None
    basis: Choice | None
    decided: By | None
    reasons: str
    is_person_told: bool
    reading: DutyReading | None


class DutyToRead(Shown):
    """The decision that the reader may read as the second person."""

    duty_id: UUID
    reading: tuple[Choice, ...]


class DutyToDecide(Shown):
    """What is chosen in a new decision."""

    basis: tuple[Choice, ...]
    duty: tuple[Choice, ...]
    person_told: tuple[Choice, ...]


class DutyShown(Shown):
    """What was decided about reporting, the newest first."""

    case_number: str
    decisions: tuple[DutyDecision, ...]
    to_read: DutyToRead | None
    to_decide: DutyToDecide


def duty(page: Page) -> DutyShown:
    """Return the shape of the duty to report."""
    to_read, bases, readings = page["to_read"], page["bases"], page["readings"]
    return DutyShown(
        case_number=page["case"].reference,
        decisions=tuple(
            DutyDecision(
                decision=worded(page["decisions"], one.row.decision_code),
                basis=worded(bases, one.row.basis_code),
                decided=by(one.decided_by, one.row.decided_on),
                reasons=one.said.reasons,
                is_person_told=one.row.is_person_told,
                reading=DutyReading(
                    reading=worded(readings, one.row.reading_code),
                    read=by(one.read_by, one.row.read_on),
                    words=one.said.reader_words,
                )
                if one.row.reading_code
                else None,
            )
            for one in page["found"]
        ),
        to_read=DutyToRead(duty_id=to_read.row.id, reading=choices(readings)) if to_read else None,
        to_decide=DutyToDecide(
            basis=choices(bases), duty=choices(page["decisions"]), person_told=yes_or_no(page)
        ),
    )


SHAPES: Final[dict[str, Shape]] = {"duty.html": duty}
