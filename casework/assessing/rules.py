"""What the sheets of a case ask, and what is still missing on one. Pure: no store, no clock."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from office.languages import mark

PROOF: Final = "proof"
BIAS: Final = "bias"
NEEDS: Final = "needs"
SHEETS: Final = {
    PROOF: mark("Indications sheet"),
    BIAS: mark("Checklist of bias"),
    NEEDS: mark("Needs assessment"),
}

# --- indications ---

COMPARED: Final = frozenset({"comparator", "tester"})
"""Indications that name somebody who was treated better."""
INDICATIONS: Final = {
    "comparator": mark("Somebody in the same situation was treated better"),
    "statement": mark("Something said or written by the other side"),
    "sequence": mark("What came after what, and how soon"),
    "statistics": mark("Figures that show who is affected"),
    "pattern": mark("Other cases like this one"),
    "tester": mark("A test: the same request by somebody else"),
    "admission": mark("The other side admits it"),
    "procedure": mark("The rules or the usual procedure were not kept"),
    "reason": mark("The reason given changes or does not hold"),
    "other": mark("Something else"),
}
SAID: Final = "said"
STRENGTHS: Final = {
    "seen": mark("Seen by us"),
    "document": mark("A document"),
    "witness": mark("A witness"),
    SAID: mark("Said by the person"),
}
"""How strong an indication is, the strongest first."""
NOWHERE: Final = "nowhere"
ELSEWHERE: Final = "elsewhere"
PLACES: Final = {
    NOWHERE: mark("Nowhere yet"),
    ELSEWHERE: mark("Outside the case"),
}
"""Where something is that does not lie in the case."""
MOST_INDICATIONS: Final = 40

MISSING: Final = {
    "indication": mark("No indication is noted yet."),
    "day": mark("The day of the act is not noted: the limits run from it."),
    "comparator": mark(
        "Nobody is named who was treated better in the same situation, or would have been. "
        "Harassment and a denied adjustment may need nobody."
    ),
    "kept": mark("Of some indications nothing is kept: a copy, a name, an address."),
    "vanishes": mark("Something that disappears by itself does not lie in the case: ask that it is kept."),
    "stronger": mark("Everything rests on what the person said. Look for a document or a witness."),
    "against": mark(
        "Nothing is noted of what speaks against it. The other side will say it: write it first."
    ),
    "track": mark("No track is open, so it is not known who has to prove what."),
}
"""What a sheet lacks, in the order in which it is looked for."""


class Indication(Protocol):
    """What the rules need to know of an indication."""

    @property
    def kind(self) -> str:
        """A code of `INDICATIONS`."""

    @property
    def strength(self) -> str:
        """A code of `STRENGTHS`."""

    @property
    def against(self) -> str:
        """What speaks against it."""

    @property
    def vanishes(self) -> bool:
        """Whether it disappears by itself."""

    @property
    def where(self) -> str:
        """Where it is kept: a code of `PLACES`, or something in the case."""


def missing(
    happened_on: date | None, comparator: str, indications: Sequence[Indication], *, has_track: bool
) -> list[str]:
    """Return what a sheet lacks, codes of `MISSING`."""
    kinds = {one.kind for one in indications}
    lacks = {
        "indication": not indications,
        "day": happened_on is None,
        "comparator": not comparator and not COMPARED & kinds,
        "kept": any(one.where == NOWHERE for one in indications),
        "vanishes": any(one.vanishes and one.where in PLACES for one in indications),
        "stronger": bool(indications) and all(one.strength == SAID for one in indications),
        "against": bool(indications) and not any(one.against for one in indications),
        "track": not has_track,
    }
    return [code for code in MISSING if lacks[code]]


# --- needs ---

FACTORS: Final = {
    "personal": mark(
        "The person: age, who depends on them, who stands by them, how they make themselves understood"
    ),
    "nature": mark("What happened: how grave it was, and why it was done"),
    "repetition": mark("It happened before, or goes on"),
    "fear": mark("They are afraid that it happens again"),
    "retaliation": mark(
        "Somebody may retaliate or put pressure on them: at work, at home, in the neighbourhood"
    ),
    "secondary": mark("The proceedings may hurt them again: telling it many times, meeting the other side"),
}
"""What is looked at (Law 4/2015 art. 23). Nothing asks for papers or for a diagnosis."""
ANSWERS: Final = {"yes": mark("Yes"), "no": mark("No"), "unknown": mark("Not known yet")}
NO_MEASURE: Final = "none"
MEASURES: Final = {
    "language": mark("An interpreter, or another way to be understood"),
    "same_person": mark("The same person attends them throughout"),
    "accompanied": mark("Somebody goes with them to file or to testify"),
    "apart": mark("They do not meet the other side: other hours, another room, another way in"),
    "told_once": mark("They tell it once: others work with what is written"),
    "safe_contact": mark("Safe ways of contact are agreed and noted"),
    "support": mark("The victims' office or psychosocial support is offered"),
    "protection": mark("Protection is asked for from whoever can order it"),
    NO_MEASURE: mark("None is needed now"),
}
