"""What the checker says about a list: one sentence, its rule, and how serious it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a list, or something still to be done about it.

    Attributes:
        severity: an `error` must be put right before the list is used; a `warning` is work to do.
        source: the list, or the city and its file.
        rule: stable name of the rule that found it.
        sentence: what was found, naming codes and never a person.
    """

    severity: Literal["error", "warning"]
    source: str
    rule: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.source}: {self.sentence} [{self.rule}]"


def error(source: str, rule: str, sentence: str) -> Finding:
    """Return a finding that must be put right."""
    return Finding("error", source, rule, sentence)


def warning(source: str, rule: str, sentence: str) -> Finding:
    """Return a finding that is work to do."""
    return Finding("warning", source, rule, sentence)


def twice(codes: Iterable[str]) -> list[str]:
    """Return, sorted, what stands more than once among `codes`."""
    seen: set[str] = set()
    again: set[str] = set()
    for code in codes:
        (again if code in seen else seen).add(code)
    return sorted(again)
