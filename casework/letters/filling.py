"""What a letter is filled with: what the office knows, what the case tells, and what is still missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casework.advice.queries import ShownAdvice, advice_of, shown_advice
from casework.advice.rules import is_same_language
from casework.cases.content import story_of
from casework.cases.tables import CaseFile
from casework.conflicts.queries import people_of
from casework.letters.rules import FIELDS, OF_RESPONDENT, PERSON, can_be_typed
from casework.letters.shelf import Template
from casework.timeline.queries import names_of
from casework.walls.standing import is_apart
from office.handover.report import When
from office.ids import shown
from office.languages import Language, language
from office.routing import Routing, routing_of
from office.vocabulary import City, load, words_in
from office.web.letterhead import letterhead_of

if TYPE_CHECKING:
    from casework.showing import View

OF_THE_PERSON: Final = ("represented", "affected")
READ_BY_ANOTHER: Final = ("reviewed", "delivered")
"""States of advice whose words may go to the person in a letter."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter's fields: all that stand in it, and those that are missing."""

    values: Mapping[str, str]
    missing: tuple[str, ...]


def routing_for(case: CaseFile, city: City) -> Routing:
    """Return `city` for a case that stands against the city, its wall missing or not."""
    return "city" if is_apart(case) else routing_of(case.respondent_code, city)


def sector_for(case: CaseFile, city: City) -> str:
    """Return `public` for a case against an administration or what belongs to one, a code of `rules.SECTORS`.

    Against those one claims their liability (route `state_liability`), not what a private person owes.
    """
    respondents = load("respondents", city)
    is_public = case.respondent_code in respondents and respondents.item(case.respondent_code).has(
        "is_public_sector"
    )
    return "public" if is_public or routing_for(case, city) == "city" else "private"


def fits(template: Template, case: CaseFile, city: City) -> bool:
    """Say whether a letter of this template is for this case."""
    return template.is_for(routing_for(case, city), sector_for(case, city))


def filled(view: "View", case: CaseFile, template: Template, tag: str, typed: Mapping[str, str]) -> Filled:
    """Return what stands in each field of a letter in a language, and which are missing."""
    own = _of_the_office(view, case, language(tag, "office"))
    values = {**own, **{code: text for code, text in typed.items() if code in FIELDS and can_be_typed(code)}}
    spared = {*template.head.by_hand, *template.head.optional}
    missing = tuple(
        code
        for code in template.fields(tag)
        if not values.get(code) and code not in spared and not FIELDS[code].is_by_hand
    )
    return Filled(values, missing)


def suggested(view: "View", case: CaseFile, template: Template, tag: str) -> dict[str, str]:
    """Return what the case tells for the fields of a new letter; only in the language of the letter."""
    story = story_of(view.session, case, view.act)
    people = people_of(view.session, case, view.act)
    found = {
        "event_day": day_told(story.when, language(tag, "office")),
        "event_place": story.where.place_text,
        "person_name": _first(one.called.name for one in people if one.party.role_code in OF_THE_PERSON),
        **_advised(view, case, tag, is_to_person=template.head.to == PERSON),
    }
    if template.head.to in OF_RESPONDENT:
        found["recipient"] = _first(one.called.name for one in people if one.party.role_code == "respondent")
    used = template.fields(tag)
    return {code: text for code, text in found.items() if text and code in used}


def day_told(when: When, spoken: Language) -> str:
    """Return when it happened, as exactly as the person said it; empty if they said no day and no month."""
    if when.day is not None:
        return spoken.date(when.day)
    return spoken.month(when.month) if when.month else ""


def _first(names: Iterable[str]) -> str:
    return next(iter(names), "")


def _of_the_office(view: "View", case: CaseFile, spoken: Language) -> dict[str, str]:
    head = letterhead_of(view.act.city)
    return {
        "office_name": words_in(head.office_name, spoken.tag),
        "place": words_in(head.place, spoken.tag),
        "phone": head.phone,
        "adviser": names_of(view.session, [case.assigned_to]).get(case.assigned_to, ""),
        "case_number": shown(case.reference),
        "day": spoken.date(view.act.on),
    }


def _advised(view: "View", case: CaseFile, tag: str, *, is_to_person: bool) -> dict[str, str]:
    """Return the newest advice that another has read; its translation, where it is in another language."""
    for advice in advice_of(view.session, case):
        if advice.state_code not in READ_BY_ANOTHER:
            continue
        one = shown_advice(view.session, case, advice, view.act)
        text = one.newest.text
        if is_same_language(text.language, tag):
            options = "\n".join(f"– {option.what}" for option in text.options)
            return {"question": text.question, "facts": text.facts, "options": options}
        return {"options": _translated(one, tag)} if is_to_person else {}
    return {}


def _translated(one: ShownAdvice, tag: str) -> str:
    return next(
        (
            each.said.text
            for each in one.translations
            if each.row.number == one.advice.number
            and each.row.may_be_delivered
            and is_same_language(each.said.language, tag)
        ),
        "",
    )
