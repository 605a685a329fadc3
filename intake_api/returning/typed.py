"""What was typed on the page of a case: a message, changed consents, and what to correct in them."""

from typing import Final

from intake_api.assisted.relay_form import FOLLOW
from intake_api.bodies import Given
from intake_api.door import Door
from intake_api.form.answers import BODY_CUT, DAMAGED, NO_FORM, NOT_LISTED, ONLY_ONE, TOO_LONG
from office.handover.report import Consent, ConsentCode
from office.languages import Language, mark

LONGEST: Final = 20_000
CONSENT_PREFIX: Final = "consent_"
CODES: Final[dict[str, ConsentCode]] = {
    "count": "count",
    "advise": "advise",
    "refer": "refer",
    "follow": "follow",
}
MESSAGE_MISSING: Final = mark("Write your message first")
NOTHING_CHANGED: Final = mark("Choose what you want to change")


def message_in(given: Given) -> str:
    """Return the message, each part that was sent twice only once."""
    return "\n".join(dict.fromkeys(given.all("message"))).strip()


def wrong_message(given: Given, text: str, language: Language, *, has_files: bool) -> str:
    """Return what is to be corrected in a message, or an empty text."""
    if given.is_no_form:
        return language.gettext(NO_FORM)
    if given.is_cut:
        return language.gettext(BODY_CUT)
    if not text and not has_files:
        return language.gettext(MESSAGE_MISSING)
    if "message" in given.damaged:
        return language.gettext(DAMAGED)
    if len(text) > LONGEST:
        many, most = language.number(len(text)), language.number(LONGEST)
        return language.gettext(TOO_LONG, many=many, most=most)
    return ""


def wrong_changes(given: Given, language: Language) -> dict[str, str]:
    """Return what to correct: nobody's consent is read out of two answers, or of one that was damaged."""
    first = f"{CONSENT_PREFIX}count"
    if given.is_no_form or given.is_cut:
        return {first: language.gettext(NO_FORM if given.is_no_form else BODY_CUT)}
    wrong: dict[str, str] = {}
    for name in (f"{CONSENT_PREFIX}{code}" for code in CODES):
        answers = set(given.all(name))
        offered = {"no"} if name == FOLLOW else {"yes", "no"}  # sight that was ended is not given here again
        if answers - offered or name in given.damaged:
            wrong[name] = language.gettext(NOT_LISTED)
        elif len(answers) > 1:
            wrong[name] = language.gettext(ONLY_ONE)
    if not wrong and not any(given.one(f"{CONSENT_PREFIX}{code}") for code in CODES):
        wrong[first] = language.gettext(NOTHING_CHANGED)
    return wrong


def changes_in(door: Door, given: Given, language: Language) -> list[Consent]:
    """Return the consents that were changed, with the text that was read."""
    told = {code: given.one(f"{CONSENT_PREFIX}{code}") for code in CODES}
    return [
        Consent(
            code=CODES[code],
            given=answer == "yes",
            text_version=door.form.meta.version,
            language=language.tag,
        )
        for code, answer in told.items()
        if answer
    ]
