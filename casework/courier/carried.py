"""What one round of the courier did, in numbers: never what was in it."""

from dataclasses import dataclass, field, replace
from typing import Final

IN: Final = {"report": "reports", "message": "messages", "consent": "consents"}
OUT: Final = {"reply": "replies", "case_key": "case keys"}


@dataclass(slots=True)
class Carried:
    """Letters by kind, pieces of files, and what was not taken.

    Answers about oneself are never spoken of: a journal adds the minute to each line, and who reads beside
    it which report came in that minute would know whose they are.
    """

    came: dict[str, int] = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)
    pieces: int = 0
    answers: int = 0
    relays: int = 0
    duplicates: int = 0
    refused: int = 0

    def take(self, kind: str) -> None:
        """Count one letter that came in."""
        self.came[kind] = self.came.get(kind, 0) + 1

    def give(self, kind: str) -> None:
        """Count one thing that went out."""
        self.went[kind] = self.went.get(kind, 0) + 1

    def __str__(self) -> str:
        others = sum(count for kind, count in self.came.items() if kind not in IN)
        came = [f"{self.came.get(kind, 0)} {name}" for kind, name in IN.items()]
        went = [f"{self.went.get(kind, 0)} {name}" for kind, name in OUT.items()]
        changed = sum(count for kind, count in self.went.items() if kind not in OUT) + self.relays
        return (
            f"carried in: {', '.join(came)}, {others} other letters, {self.pieces} pieces of files "
            f"({self.duplicates} were already there, "
            f"{self.refused} refused); carried out: {', '.join(went)}, {changed} other changes"
        )

    @property
    def is_empty(self) -> bool:
        """Say whether there was nothing to carry."""
        return replace(self, answers=0) == Carried()
