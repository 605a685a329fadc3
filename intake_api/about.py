"""An earlier report this one belongs to: its number, checked for slips of the pen and for nothing else.

Nobody learns here whether there is such a report, and nothing of it is shown: the answer is the same for
every number that is well written. What it means is decided at the desk, by people.
"""

from collections.abc import Iterator
from typing import Final, Literal

from intake_api.bodies import Given
from intake_api.form.answers import NOT_LISTED, Answers, Checked, Correction
from office.handover.report import About
from office.ids import CaseNumberInvalid, checked_case_number, shown
from office.languages import Language, mark
from office.web.parts import Answer

ABOUT: Final = "about"
"""Its page below `/report/`, and where its answers lie in a draft."""
RELATION: Final = "about_relation"
NUMBER: Final = "about_number"
NO_EARLIER: Final = "none"
LONGEST: Final = 200
"""Signs of a number that are looked at."""

Relation = Literal["claim", "lost_key", "same_event"]
RELATIONS: Final[dict[Relation, str]] = {
    "claim": mark("Somebody who saw it told you and gave me the number"),
    "lost_key": mark("I told you myself and have lost the key"),
    "same_event": mark("Several of us report the same thing, and I have the number of one report"),
}
BELONGS_TO: Final = mark("Belongs to an earlier report")
NUMBER_NEEDED: Final = mark("Write the number of the earlier report, or choose “No”")
RELATION_NEEDED: Final = mark("Choose how the earlier report belongs to yours")


def checked(language: Language, given: Given) -> Checked:
    """Return the two answers, or what to correct in them; no answer means no earlier report."""
    told = Checked()
    chosen, number = given.one(RELATION), given.one(NUMBER)
    relation = next((one for one in RELATIONS if one == chosen), None)
    if chosen == NO_EARLIER or not (chosen or number):
        return told
    if relation is None:
        told.corrections.append(
            Correction(RELATION, language.gettext(NOT_LISTED if chosen else RELATION_NEEDED))
        )
    if not number:
        told.corrections.append(Correction(NUMBER, language.gettext(NUMBER_NEEDED)))
        return told
    try:
        kept = checked_case_number(number[:LONGEST])
    except CaseNumberInvalid as error:
        told.corrections.append(Correction(NUMBER, language.gettext(error.sentence)))
        return told
    if relation is not None:
        told.answers = {RELATION: [relation], NUMBER: [kept]}
    return told


def about_of(answers: Answers) -> About | None:
    """Return the earlier report that a draft names."""
    chosen, number = _told(answers)
    relation = next((one for one in RELATIONS if one == chosen), None)
    return About(relation=relation, case_number=number) if relation and number else None


def told_about(language: Language, answers: Answers) -> Iterator[Answer]:
    """Give the line of the check page that names the earlier report, if there is one."""
    told = about_of(answers)
    if told is not None:
        asked = language.gettext(BELONGS_TO)
        value = f"{shown(told.case_number)}\n{language.gettext(RELATIONS[told.relation])}"
        yield Answer(key=asked, value=value, href=f"/{language.tag}/report/{ABOUT}?then=check", change=asked)


def _told(answers: Answers) -> tuple[str, str]:
    relation, number = (next(iter(answers.get(name, ())), "") for name in (RELATION, NUMBER))
    return relation, number
