"""What pages say of somebody in a case beside their name, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casework.cases.tables import CaseFile
from casework.conflicts.content import PartyName
from casework.conflicts.queries import people_of
from casework.conflicts.rules import INTERPRETER, KINDS, ROLES, SIDES
from casework.conflicts.tables import CaseParty
from casework.safe_contact.rules import RULES, WAYS
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

SIDE: Final = mark("Side")
LANGUAGE: Final = mark("Language")
ADDRESS: Final = mark("How to address them")
NEEDS: Final = mark("What they need")
AGE: Final = mark("Age")
MINOR: Final = mark("Under age")
ANSWERS: Final = mark("Who answers for them")
NOBODY_ANSWERS: Final = mark("Nobody of this case is noted yet")
SINCE: Final = mark("In this case since")
UNTIL: Final = mark("In this case until")
NOTE: Final = mark("Note")


@dataclass(frozen=True, slots=True)
class PartyShown:
    """Somebody in a case, with everything that is known of them in words."""

    party: CaseParty
    called: PartyName
    role: str
    kind: str
    lines: Sequence[tuple[str, str]]


def party_lines(
    view: "View",
    party: CaseParty,
    called: PartyName,
    others: Mapping[UUID, str],
    *,
    with_ways: bool = True,
) -> list[tuple[str, str]]:
    """Return what is known of somebody: label and words, without what is empty.

    A guardian who was taken out of the case is not named any more.
    """
    known = called.details
    spoken = view.label("languages", known.language) if known.language else ""
    helped = view.text(INTERPRETER[known.interpreter]) if known.interpreter else ""
    guardian = others.get(known.guardian, "") if known.guardian else ""
    lines = [
        (view.text(SIDE), view.text(SIDES[party.side_code]) if party.side_code else ""),
        *(
            (view.text(WAYS[one.way]), " · ".join(_way(view, one.value, one.rule, one.words)))
            for one in known.ways
            if with_ways
        ),
        (view.text(LANGUAGE), " · ".join(part for part in (spoken, helped) if part)),
        (view.text(ADDRESS), known.address),
        (view.text(NEEDS), known.needs),
        (view.text(AGE), view.text(MINOR) if known.is_minor else ""),
        (view.text(ANSWERS), guardian or (view.text(NOBODY_ANSWERS) if known.is_minor else "")),
        (view.text(SINCE), view.language.short_date(known.from_on) if known.from_on else ""),
        (view.text(UNTIL), view.language.short_date(known.to_on) if known.to_on else ""),
        (view.text(NOTE), known.note),
    ]
    return [(label, words) for label, words in lines if words]


def shown_people(view: "View", case: CaseFile, *, with_ways: bool = True) -> list[PartyShown]:
    """Return everybody in a case with what is known of them; on paper without how they are reached."""
    people = people_of(view.session, case, view.act)
    names = {one.party.id: one.called.name for one in people}
    return [
        PartyShown(
            one.party,
            one.called,
            view.text(ROLES[one.party.role_code]),
            view.text(KINDS[one.party.kind_code]),
            party_lines(view, one.party, one.called, names, with_ways=with_ways),
        )
        for one in people
    ]


def _way(view: "View", value: str, rule: str, words: str) -> list[str]:
    return [part for part in (value, view.text(RULES[rule]), words) if part]
