"""Levels of a language, kinds of interpreters, and which language a person is to be spoken to. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from casework.advice.rules import NO_INTERPRETER, is_same_language
from office.handover.report import Languages
from office.languages import mark

ADVISES: Final = "advises"
LEVELS: Final = {
    ADVISES: mark("I can advise in it"),
    "greets": mark("I can greet and take down what somebody tells"),
}
"""How well somebody of the office has a language; the first is the better one."""
WITH_LEVEL: Final = {
    ADVISES: mark("advises in %(language)s"),
    "greets": mark("greets in %(language)s"),
}
EVERYBODYS: Final = ("es", "ca")
"""Languages in which everybody of the office works: nobody is looked for who speaks them."""

SPOKEN: Final = "spoken"
SIGNED: Final[Mapping[str, str]] = {"sign_lse": "ssp", "sign_lscv": "vsv"}
"""The language of the list `languages` in which somebody signs who needs such an interpreter."""

KINDS: Final = {
    SPOKEN: mark("A spoken language"),
    "sign_lse": mark("Spanish Sign Language (LSE)"),
    "sign_lscv": mark("Valencian Sign Language (LSCV)"),
    "sign_lsc": mark("Catalan Sign Language (LSC)"),
    "sign_video": mark("Sign language by video"),
    "deafblind": mark("As a guide for deafblind people"),
}
"""What somebody interprets: the codes of the list `interpreters`, which words them as a need."""

LONGEST_NAME: Final = 160
LONGEST_WAY: Final = 300


def wanted_language(said: Languages, written_in: str) -> str:
    """Return the language in which somebody is spoken to, from what they said and what they wrote in."""
    signed = SIGNED.get(said.interpreter_code or "")
    return signed or said.spoken or said.written or written_in


def is_everybodys(tag: str) -> bool:
    """Say whether everybody of the office works in a language."""
    return any(is_same_language(tag, one) for one in EVERYBODYS)


def is_among(tag: str, codes: Iterable[str]) -> bool:
    """Say whether a language is one of these; an easy or regional variant is the same."""
    return any(is_same_language(tag, one) for one in codes)


def interprets(language_codes: str, kind_codes: str, tag: str, need: str | None) -> bool:
    """Say whether somebody with these languages and kinds interprets for a person.

    Args:
        language_codes: theirs, as the directory keeps them.
        kind_codes: theirs too: codes of the list `interpreters`.
        tag: the language of the person.
        need: the code of the list `interpreters` that the person named, if any.
    """
    kinds = kind_codes.split()
    if need and need not in (NO_INTERPRETER, SPOKEN):
        return need in kinds
    return SPOKEN in kinds and is_among(tag, language_codes.split())
