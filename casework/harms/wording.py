"""The harms of a case in the words of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casework.cases.tables import CaseFile
from casework.conflicts.rules import ROLES
from casework.harms.content import HarmWords
from casework.harms.queries import Named, ShownHarm, harms_of
from casework.harms.rules import DEGREES, GRADES, PARTS
from office.clock import month_of
from office.languages import Language, mark

if TYPE_CHECKING:
    from casework.showing import View

THE_PERSON: Final = mark("The person of this case")
AS_NAMED: Final = mark("%(name)s (%(role)s)")
TAKEN_OUT: Final = mark("%(name)s (taken out of the case)")
NOT_CODED: Final = mark("Not coded yet")


@dataclass(frozen=True, slots=True)
class PartLine:
    """The part that somebody had, in words."""

    party: str
    name: str
    part: str
    degree: str
    grade: str


@dataclass(frozen=True, slots=True)
class HarmLine:
    """One harm, in words."""

    place: int
    is_first: bool
    conduct: str
    grounds: str
    area: str
    person: str
    day: str
    words: HarmWords
    parts: Sequence[PartLine]


def shown_harms(view: "View", case: CaseFile) -> list[HarmLine]:
    """Return the harms of a case in the language of the page."""
    return [line_of(view, one) for one in harms_of(view.session, case, view.act)]


def line_of(view: "View", one: ShownHarm) -> HarmLine:
    """Return one harm in the language of the page."""
    row = one.row

    def labels(name: str, codes: str) -> str:
        return ", ".join(view.label(name, code) for code in codes.split())

    return HarmLine(
        place=row.place,
        is_first=one.is_first,
        conduct=labels("conduct", row.conduct_codes) or view.text(NOT_CODED),
        grounds=labels("grounds", row.ground_codes),
        area=view.label("areas", row.area_code),
        person=view.text(THE_PERSON) if one.person is None else called(view, one.person),
        day=day_in_words(view.language, one.words),
        words=one.words,
        parts=[
            PartLine(
                str(each.row.party_id),
                each.who.name if not each.who.is_out else view.text(TAKEN_OUT, name=each.who.name),
                view.text(PARTS[each.row.part_code]),
                view.text(DEGREES[each.words.degree]),
                view.text(GRADES[each.words.grade]),
            )
            for each in one.involved
        ],
    )


def called(view: "View", one: Named) -> str:
    """Return what somebody of the case is called, with who they are in it."""
    if one.is_out:
        return view.text(TAKEN_OUT, name=one.name)
    return view.text(AS_NAMED, name=one.name, role=view.text(ROLES[one.role]))


def day_in_words(language: Language, words: HarmWords) -> str:
    """Return the day of a harm as well as it is known; nothing where it is not."""
    if words.happened_on is None:
        return ""
    if words.precision == "day":
        return language.date(words.happened_on)
    if words.precision == "month":
        return language.month(month_of(words.happened_on))
    return str(words.happened_on.year)
