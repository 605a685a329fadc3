"""What a case may do. Pure: no store, no clock.

The stage is what is published and counted. The state of the work (`casework.states`) is derived from it and
from what else is on record; next action, tracks and the life of the data are axes of their own.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from office.handover.reply import StateCode
from office.vocabulary import CodeUnknown, Vocabulary

MOVES: Final[Mapping[str, frozenset[str]]] = {
    "triage": frozenset({"advice", "action", "proceedings"}),
    "advice": frozenset({"triage", "action", "proceedings", "follow_up"}),
    "action": frozenset({"advice", "proceedings", "follow_up"}),
    "proceedings": frozenset({"advice", "action", "follow_up"}),
    "follow_up": frozenset({"advice", "action", "proceedings"}),
    "closed": frozenset(),
}
"""Where a case may go from each stage (vocabulary `stages`); every open stage may also be closed, with an
outcome."""

FIRST_STAGE: Final = "triage"
"""Where every case begins; it goes on only after somebody has looked which limits run."""

TOLD_AS: Final[StateCode] = "in_progress"
"""The state a person is told while the case is open, unless the adviser chooses another."""


def may_go(stage: str, to: str) -> bool:
    """Say whether a case may go from one stage to another."""
    return to in MOVES.get(stage, frozenset())


def joined(codes: Iterable[str]) -> str:
    """Return codes as they are kept in one column: sorted, each once, with single spaces."""
    return " ".join(sorted(set(codes)))


def answer_band(bands: Vocabulary, waited_days: int | None, *, can_be_answered: bool) -> str:
    """Return the band of days a person waited for the first answer of a human being.

    Args:
        bands: the list `first_answer_bands`, whose items tell their days.
        waited_days: days from the report to the first answer; None while there is none.
        can_be_answered: the report came with a receipt or a contact.
    """
    if waited_days is None:
        return "not_yet" if can_be_answered else "no_way_to_answer"
    for band in bands:
        first, last = band.extra.get("from_days"), band.extra.get("to_days")
        if not isinstance(first, int) or first > max(waited_days, 0):
            continue
        if not isinstance(last, int) or waited_days <= last:
            return band.code
    raise CodeUnknown(vocabulary=bands.name)


def key_name(case_number: str, version: int) -> str:
    """Return the full name of one version of a case's key."""
    return f"case.{case_number}.{version}"


def version_in(name: str, case_number: str) -> int:
    """Return the version that a full name of this case's key says; 0, which no key has, for another name."""
    own, _, version = name.rpartition(".")
    is_number = version.isascii() and version.isdigit() and len(version) < 9
    return int(version) if is_number and own == f"case.{case_number}" else 0
