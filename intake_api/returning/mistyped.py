"""A receipt as it was typed: what to correct in it, and where in the key the error probably is.

Only what the check characters say is told here, before anything is looked up: nothing in it depends on
whether there is such a case. What was typed comes back, so that nobody types 24 digits twice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from intake_api.bodies import Given
from intake_api.form.answers import BODY_CUT, NO_FORM
from intake_api.returning.open_case import Visit
from office.errors import OfficeError
from office.ids import checked_case_number
from office.languages import Language, mark
from office.sealing.receipts import checked, doubtful_groups, groups_typed

LONGEST: Final = 200
"""Signs of a field that are looked at; a number or a key has far fewer."""
NUMBER_MISSING: Final = mark("Write the case number from your receipt")
KEY_MISSING: Final = mark("Write the key from your receipt: 24 digits")
PROBABLY: Final = mark("Look first at group %(groups)s of the six, counted from the left.")


class Group(NamedTuple):
    """One of the six groups of a key, as it was typed."""

    text: str
    is_doubtful: bool


@dataclass(slots=True)
class TypedReceipt:
    """What was typed into the two fields.

    Attributes:
        fields: exactly as typed.
        corrections: what to correct, by field.
        groups: the groups of a mistyped key, if it can be said in which the error probably is.
    """

    fields: dict[str, str] = field(default_factory=dict)
    corrections: dict[str, str] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()

    def __repr__(self) -> str:
        return "TypedReceipt(…)"

    @classmethod
    def of(cls, given: Given, language: Language) -> "TypedReceipt":
        """Return what a form says, looked through."""
        typed = cls(_split({name: given.one(name) for name in ("case_number", "key")}))
        number, key = typed.fields["case_number"], typed.fields["key"]
        if given.is_no_form or given.is_cut:
            typed.corrections["case_number"] = language.gettext(NO_FORM if given.is_no_form else BODY_CUT)
            return typed
        if not number:
            typed.corrections["case_number"] = language.gettext(NUMBER_MISSING)
        elif sentence := _wrong(checked_case_number, number):
            typed.corrections["case_number"] = language.gettext(sentence)
        if not key:
            typed.corrections["key"] = language.gettext(KEY_MISSING)
        elif sentence := _wrong(checked, key):
            typed._point(key, language.gettext(sentence), language)
        return typed

    def visit(self) -> Visit:
        """Return the receipt; only if there is nothing to correct."""
        return Visit(checked_case_number(self.fields["case_number"]), checked(self.fields["key"]))

    def _point(self, key: str, sentence: str, language: Language) -> None:
        doubtful = doubtful_groups(key[:LONGEST])
        if doubtful:
            told = language.listed([language.number(one) for one in doubtful], "or")
            sentence = f"{sentence} {language.gettext(PROBABLY, groups=told)}"
            parts = enumerate(groups_typed(key[:LONGEST]), start=1)
            self.groups = tuple(Group(part, at in doubtful) for at, part in parts)
        self.corrections["key"] = sentence


def _split(fields: dict[str, str]) -> dict[str, str]:
    """Return both fields, where the text of a receipt's picture was pasted whole into one of them."""
    number, key = fields["case_number"].strip(), fields["key"].strip()
    for pasted, other in ((number, key), (key, number)):
        first, _, rest = pasted[:LONGEST].partition(" ")
        if (
            rest
            and other in ("", pasted)
            and not _wrong(checked_case_number, first)
            and not _wrong(checked, rest)
        ):
            return {"case_number": first, "key": rest}
    return fields


def _wrong(check: Callable[[str], str], typed: str) -> str:
    try:
        check(typed[:LONGEST])
    except OfficeError as error:
        return error.sentence
    return ""
