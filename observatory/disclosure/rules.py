"""When is a published figure too telling? The guarantee as rules on possible values.

Over all worlds (whole numbers of situations) that agree with everything ever published, a *target* can take
some set of values. Planned cells and figures that can be derived from them are held to these rules:

- G1: a cell whose band begins at zero can still be each of 0, 1, … small-1. Nobody can prove that something
  was reported, nor that it was not.
- G2: any other cell keeps at least `others_keep` possible values.
- G3, G4: a derived figure (what is left of a total without a cell, a cell over several quarters) that is
  surely small can be each of 0, …, small-1, so that "all of them" or "none of the others" is never proved;
  one that may be small keeps at least as many values as a band has; any other keeps `others_keep`.
- G5: all this stays true for one who knows up to `known_records` of the records in a cell.
"""

from dataclasses import dataclass
from typing import Literal

from observatory.plan import AuditRules

Status = Literal["free", "kept", "narrowed"]


@dataclass(frozen=True, slots=True)
class Span:
    """The possible values of a target: all whole numbers from `least` to `most`."""

    least: int
    most: int

    @property
    def size(self) -> int:
        """Return how many values these are."""
        return self.most - self.least + 1

    def covers(self, least: int, most: int) -> bool:
        """Return whether every value from `least` to `most` is possible."""
        return self.least <= least and most <= self.most


def cell_passes(span: Span, lo: int, rules: AuditRules) -> bool:
    """Return whether a planned cell published from `lo` upwards keeps G1 or G2."""
    if lo < rules.small:
        return span.covers(lo, rules.small - 1)
    return span.size >= rules.others_keep


def derived_passes(span: Span, rules: AuditRules) -> bool:
    """Return whether a derived figure keeps G3 and G4."""
    if span.most < rules.small:
        return span.covers(0, rules.small - 1)
    if span.least < rules.small:
        return span.size >= rules.derived_keep
    return span.size >= rules.others_keep


def cell_status(span: Span, lo: int, hi: int, rules: AuditRules) -> Status:
    """Return what the audit says of a planned cell published as `lo` to `hi`."""
    if not cell_passes(span, lo, rules):
        return "narrowed"
    return "free" if span.covers(lo, hi) else "kept"


def derived_status(span: Span, rules: AuditRules) -> Status:
    """Return what the audit says of a derived figure."""
    return "kept" if derived_passes(span, rules) else "narrowed"
