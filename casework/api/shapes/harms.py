"""The harms of a case for a program: what was done to whom, and who had which part in it."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Explained, choices, explained
from casework.api.shown import Page, Shape, Shown


class PartHad(Shown):
    """The part that somebody had in a harm, in words."""

    name: str
    part: str
    grade: str = Field(description="How well it is shown.")


class PartWeighed(PartHad):
    """The part that somebody had in a harm, with how great it was."""

    degree: str


class PartNoted(PartWeighed):
    """The same with the id by which it is taken back."""

    party: UUID


class HarmNamed(Shown):
    """One harm in a line: what was done, and to whom."""

    place: int = Field(description="Its number in the case; its page is found by it.")
    conduct: str = Field(description="What was done, by the labels of its codes.")
    person: str = Field(description="To whom it was done.")


class HarmOnCard(HarmNamed):
    """One harm on the page of its case."""

    when: str = Field(description="The day, month or year, in words; empty where it is not known.")
    parts: tuple[PartHad, ...]


class HarmListed(HarmOnCard):
    """One harm in the list of a case."""

    grounds: str
    area: str
    done: str = Field(description="What was done, as the office wrote it.")


class HarmTold(HarmNamed):
    """One harm with everything that is noted of it."""

    when: str
    grounds: str
    area: str
    done: str
    right: str = Field(description="Which right or interest it hurt.")
    consequence: str = Field(description="What came of it for them.")


class HarmOnPaper(HarmTold):
    """One harm as it is printed."""

    parts: tuple[PartWeighed, ...]


class HarmForm(Versioned):
    """Noting or changing a harm; of the first harm the codes stand on the page of codes."""

    harm_person: tuple[Choice, ...] = Field(description="To whom it may have been done.")
    conduct: tuple[Explained, ...] = ()
    grounds: tuple[Explained, ...] = ()
    area: tuple[Choice, ...] = ()


class NotingPart(Versioned):
    """Noting which part a respondent had; one that is noted already is noted anew."""

    party: tuple[Choice, ...]
    part: tuple[Choice, ...]
    degree: tuple[Choice, ...]
    grade: tuple[Choice, ...]


class HarmsShown(Shown):
    """The harms of a case, and the form for another."""

    case_number: str
    harms: tuple[HarmListed, ...]
    form: HarmForm


class HarmShown(HarmTold):
    """One harm of a case."""

    case_number: str
    is_first: bool = Field(description="What the case began with: its codes stand on the page of codes.")
    parts: tuple[PartNoted, ...]
    form: HarmForm
    noting_part: NotingPart | None = Field(description="None while no respondent is among the people.")
    removal: Versioned | None = Field(description="Taking it out of the case; the first harm stays.")


def lines(harms: Iterable[Any]) -> tuple[HarmOnCard, ...]:
    """Return the harms on the page of a case, from `casework.harms.wording.HarmLine`."""
    return tuple(HarmOnCard(**_named(one), when=one.day, parts=_had(one)) for one in harms)


def named(harms: Iterable[Any]) -> tuple[HarmNamed, ...]:
    """Return the harms of a case in a line each."""
    return tuple(HarmNamed(**_named(one)) for one in harms)


def listed(harms: Iterable[Any]) -> tuple[HarmListed, ...]:
    """Return the harms of a case as a list of them shows each."""
    return tuple(
        HarmListed(
            **_named(one),
            when=one.day,
            parts=_had(one),
            grounds=one.grounds,
            area=one.area,
            done=one.words.done,
        )
        for one in harms
    )


def on_paper(harms: Iterable[Any]) -> tuple[HarmOnPaper, ...]:
    """Return the harms of a case as they are printed."""
    return tuple(
        HarmOnPaper(
            **_told(one),
            parts=tuple(
                PartWeighed(name=each.name, part=each.part, degree=each.degree, grade=each.grade)
                for each in one.parts
            ),
        )
        for one in harms
    )


def _named(one: Any) -> dict[str, Any]:
    return {"place": one.place, "conduct": one.conduct, "person": one.person}


def _told(one: Any) -> dict[str, Any]:
    return {
        **_named(one),
        "when": one.day,
        "grounds": one.grounds,
        "area": one.area,
        "done": one.words.done,
        "right": one.words.right,
        "consequence": one.words.consequence,
    }


def _had(one: Any) -> tuple[PartHad, ...]:
    return tuple(PartHad(name=each.name, part=each.part, grade=each.grade) for each in one.parts)


def _form(page: Page, *, is_coded: bool) -> HarmForm:
    return HarmForm(
        version=page["case"].version,
        harm_person=choices(page["people"]),
        conduct=explained(page["conduct"]) if is_coded else (),
        grounds=explained(page["grounds"]) if is_coded else (),
        area=choices(page["areas"]) if is_coded else (),
    )


def harms(page: Page) -> HarmsShown:
    """Return the harms of a case."""
    return HarmsShown(
        case_number=page["case"].reference, harms=listed(page["harms"]), form=_form(page, is_coded=True)
    )


def harm(page: Page) -> HarmShown:
    """Return one harm of a case."""
    case, one = page["case"], page["one"]
    return HarmShown(
        **_told(one),
        case_number=case.reference,
        is_first=one.is_first,
        parts=tuple(
            PartNoted(
                party=UUID(each.party), name=each.name, part=each.part, degree=each.degree, grade=each.grade
            )
            for each in one.parts
        ),
        form=_form(page, is_coded=not one.is_first),
        noting_part=NotingPart(
            version=case.version,
            party=choices(page["respondents"]),
            part=choices(page["part_choices"]),
            degree=choices(page["degrees"]),
            grade=choices(page["grades"]),
        )
        if page["respondents"]
        else None,
        removal=None if one.is_first else Versioned(version=case.version),
    )


SHAPES: Final[dict[str, Shape]] = {"harms.html": harms, "harm.html": harm}
