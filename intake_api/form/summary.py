"""The answers as they are read once more before sending, in the person's language."""

from collections.abc import Iterator
from datetime import date

from intake_api.about import told_about
from intake_api.door import Door
from intake_api.form.answers import Answers
from intake_api.form.questions import Question, Step
from office.languages import Language, mark
from office.web.parts import Answer

NOT_SAID = mark("Not said")
YES_SAID = mark("Yes")
NO_SAID = mark("No")


def rows(door: Door, language: Language, answers: Answers) -> Iterator[Answer]:
    """Give a line for each question: what was asked, what was answered, where to change it.

    Questions that only make sense with another's answer are left out while nothing was said to them.
    """
    for step in door.form.step:
        left_out = door.left_out(step)
        for question in step.question:
            if question.code in left_out:
                continue
            value = _value(door, language, step, question, answers)
            if not value and (_is_part(question) or _is_aside(question, step)):
                continue
            asked = question.label_in(language.tag)
            yield Answer(
                key=step.title_in(language.tag) if question.kind == "when" else asked,
                value=value or language.gettext(NOT_SAID),
                href=f"/{language.tag}/report/{step.code}?then=check#{question.code}",
                change=asked,
            )
    yield from told_about(language, answers)


def _is_part(question: Question) -> bool:
    return bool(question.follows or question.asked_when) or question.kind in ("tick", "number")


def _is_aside(question: Question, step: Step) -> bool:
    return question.is_text and question.code not in step.needs_one_of


def _value(door: Door, language: Language, step: Step, question: Question, answers: Answers) -> str:
    given = answers.get(question.code, [])
    if question.is_text:
        return "\n".join(given)
    if question.kind == "number":
        return language.number(int(given[0])) if given else ""
    if question.kind == "tick":
        return language.gettext(YES_SAID) if given else ""
    if question.kind == "consent":
        return language.gettext(YES_SAID if given else NO_SAID)
    labels = {
        choice.code: choice.label_in(language.tag)
        for offer in door.offers(step)[question.code]
        for choice in offer.choices
    }
    told = [labels.get(code, code) for code in given]
    if question.kind == "when" and given and given[0] in ("day", "month"):
        return _date(language, question.code, answers) or "\n".join(told)
    return "\n".join(told)


def _date(language: Language, name: str, answers: Answers) -> str:
    parts = {part: answers.get(f"{name}_{part}", [""])[0] for part in ("day", "month", "year")}
    if not (parts["month"] and parts["year"]):
        return ""
    if answers[name][0] == "month":
        return language.month(f"{int(parts['year']):04d}-{int(parts['month']):02d}")
    return language.date(date(int(parts["year"]), int(parts["month"]), int(parts["day"])))
