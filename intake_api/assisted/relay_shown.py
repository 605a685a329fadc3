"""What pages show of who files for somebody else, before it is sent."""

from collections.abc import Iterator

from intake_api.assisted.relay_form import FOLLOW, MANDATE, load_relay_form
from intake_api.door import Door
from intake_api.drafts.keeping import Draft
from intake_api.form.summary import NO_SAID, NOT_SAID, YES_SAID
from office.languages import Language, mark
from office.web.parts import Answer

PERSON_LANGUAGE = mark("Language of the person")
MISSING = "missing"
ASKED_AT = "relay/person?then=check"


def relay_rows(door: Door, language: Language, draft: Draft) -> Iterator[Answer]:
    """Give the lines of a report filed for somebody; none if the person files it alone."""
    filing, answers = draft.filing, draft.all_answers()
    if filing.seat is None:
        return
    place = f"/{language.tag}/{ASKED_AT}"
    told = language.gettext(PERSON_LANGUAGE)
    spoken = door.pages.spoken(filing.person_language or language)
    yield Answer(told, spoken.autonym, f"{place}#person_language", told)
    if not filing.seat.is_association:
        return
    step = load_relay_form().step
    for question in step.question:
        given = answers.get(question.code, [])
        if question.code == FOLLOW:
            value = language.gettext(YES_SAID if given else NO_SAID)
        else:
            labels = {
                choice.code: choice.label_in(language.tag)
                for offer in door.offers(step)[question.code]
                for choice in offer.choices
            }
            value = ", ".join(labels.get(code, code) for code in given) or language.gettext(NOT_SAID)
        asked = question.label_in(language.tag)
        yield Answer(asked, value, f"{place}#{question.code}", asked)


def mandate_of(draft: Draft) -> str:
    """Return what an association said of its mandate, `missing` if nothing; empty if none is asked for."""
    if not draft.filing.is_by_association:
        return ""
    return next(iter(draft.all_answers().get(MANDATE, ())), MISSING)
