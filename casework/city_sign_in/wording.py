"""What pages say of the city's sign-in."""

from typing import Final

from starlette.requests import Request

from casework.city_sign_in.errors import CitySilent
from casework.desk import Desk
from office.errors import OfficeError
from office.languages import Language, mark

SAID: Final = "city"
"""The word in an address that tells what became of a way to the city's sign-in."""
LABEL: Final = mark("your account of the city")
TURNED_BACK: Final = {
    "silent": mark(
        "The city's sign-in does not answer. Use the six digits of your telephone or a passkey, or try again "
        "later."
    ),
    "not_vouched": mark(
        "The city's sign-in did not tell us who you are, or it took too long. Begin again, or use the six "
        "digits of your telephone or a passkey."
    ),
}
"""Why somebody is back without the city's word. It says no more: the operators' log does."""
IS_LINKED: Final = mark("An account of the city is linked with you already. Unlink it first.")


def city_label(desk: Desk, language: Language) -> str:
    """Return what the city's sign-in is called on its button; empty if this desk has none."""
    if not desk.settings.oidc_issuer:
        return ""
    return desk.settings.oidc_label or language.gettext(LABEL)


def word_of(error: OfficeError) -> str:
    """Return the word that tells a page of this error."""
    return "silent" if isinstance(error, CitySilent) else "not_vouched"


def said_of_the_city(request: Request, language: Language) -> str:
    """Return why somebody is back from the city's sign-in without its word, if so."""
    sentence = TURNED_BACK.get(request.query_params.get(SAID, ""))
    return language.gettext(sentence) if sentence else ""
