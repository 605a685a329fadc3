"""The same counts for programs of somebody who is signed in."""

from pydantic import BaseModel

from casework.doors import ActDep, desk_router, require
from casework.feedback.queries import by_quarter
from casework.feedback.rules import Band
from casework.staff.rules import Permission
from casework.timeline.actions import record
from casework.transactions import SessionDep

router = desk_router("/api/v1")


class BandShown(BaseModel):
    """A count as a band; without a highest value it is open above."""

    lowest: int
    highest: int | None

    @classmethod
    def of(cls, band: Band) -> "BandShown":
        """Return a band as it is sent."""
        return cls(lowest=band.lowest, highest=band.highest)


class QuarterShown(BaseModel):
    """What was said in one quarter."""

    quarter: str
    yes: BandShown
    partly: BandShown
    no: BandShown
    not_opened: BandShown


class FeedbackShown(BaseModel):
    """What people said at the end, the newest quarter first."""

    quarters: list[QuarterShown]


@router.get("/feedback")
def feedback(act: ActDep, session: SessionDep) -> FeedbackShown:
    """Return what people said at the end, in bands."""
    require(act.who, Permission.FEEDBACK)
    record(session, "list_read", at=act.at, by=act.who.id, list="feedback", rows=0)
    return FeedbackShown(
        quarters=[
            QuarterShown(
                quarter=one.quarter,
                not_opened=BandShown.of(one.waiting),
                **{code: BandShown.of(band) for code, band in one.said.items()},
            )
            for one in by_quarter(session)
        ]
    )
