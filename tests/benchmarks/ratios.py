"""Ratios measured in one run against their limits, beside the table of submissions."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """One thing against another of the same run; more than `limit` is told and does not fail."""

    engine: str
    what: str
    value: float
    limit: float
    detail: str

    @property
    def is_kept(self) -> bool:
        """Whether the limit is kept."""
        return self.value <= self.limit


def percentile(times: Sequence[float], share: float) -> float:
    """The seconds within which `share` of the answers came."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(ratios: Sequence[Ratio]) -> str:
    """All of them, to be read."""
    told = ["", "| store | what | ratio | limit | measured |", "|---|---|---:|---:|---|"]
    for one in ratios:
        mark = "" if one.is_kept else " (above)"
        told.append(f"| {one.engine} | {one.what} | {one.value:.2f}{mark} | {one.limit:.1f} | {one.detail} |")
    return "\n".join(told) + "\n"
