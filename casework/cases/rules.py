"""What a case may do. Pure: no store, no clock.

The stage is one of four independent axes (stage, next day, tracks, life of the data); only the stage and the
next day exist yet, and the others must not be mixed into it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from office.handover.reply import StateCode

STAGES: Final[Mapping[str, frozenset[str]]] = {
    "assessment": frozenset({"advised", "in_progress", "on_hold"}),
    "advised": frozenset({"in_progress", "on_hold", "assessment"}),
    "in_progress": frozenset({"advised", "on_hold"}),
    "on_hold": frozenset({"assessment", "advised", "in_progress"}),
    "closed": frozenset(),
}
"""Where a case may go from each stage; every stage but `closed` may also be closed, with an outcome."""

TOLD_AS: Final[Mapping[str, StateCode]] = {
    "assessment": "in_progress",
    "advised": "waiting_for_you",
    "in_progress": "in_progress",
    "on_hold": "in_progress",
    "closed": "closed",
}
"""The state the person is told for each stage, unless the adviser chooses another."""

ANSWER_BANDS: Final = ((3, "d0_3"), (10, "d4_10"), (30, "d11_30"))
LATEST_BAND: Final = "d31_more"


def may_go(stage: str, to: str) -> bool:
    """Say whether a case may go from one stage to another."""
    return to in STAGES.get(stage, frozenset())


def joined(codes: Iterable[str]) -> str:
    """Return codes as they are kept in one column: sorted, each once, with single spaces."""
    return " ".join(sorted(set(codes)))


def answer_band(reported_on: date, answered_on: date | None) -> str | None:
    """Return the band of days a person waited for the first answer, or None while they wait."""
    if answered_on is None:
        return None
    days = (answered_on - reported_on).days
    return next((band for longest, band in ANSWER_BANDS if days <= longest), LATEST_BAND)


def key_name(case_number: str, version: int) -> str:
    """Return the full name of one version of a case's key."""
    return f"case.{case_number}.{version}"
