"""Forms about one case: its codes, its contact, another adviser, and opening it again."""

from datetime import date
from typing import Any, Final, Literal

from pydantic import Field

from casework.api.shapes.coding import CodesOfCase
from casework.api.shapes.harms import HarmListed, listed
from casework.api.shapes.interpreters import LanguageToChooseBy, language_to_choose_by
from casework.api.shapes.parts import (
    Choice,
    Explained,
    Person,
    choices,
    coded,
    coded_each,
    explained,
    person,
    worded,
)
from casework.api.shapes.told import INSEPARABLE
from casework.api.shown import Page, Shape, Shown


class OwnWords(Shown):
    """What the person told, beside the law's words for it."""

    grounds: tuple[Choice, ...]
    grounds_in_words: str
    weighed_most: Choice | None
    cannot_be_separated: bool
    acts: tuple[Choice, ...]
    respondent_in_words: str
    place: str
    setting: Choice | None
    narrative: str


class CodesShown(Shown):
    """How a case is coded, what may be chosen, and the person's own words beside it."""

    case_number: str
    version: int
    codes: CodesOfCase = Field(description="Of the whole case; what is coded here is the first harm.")
    harms: tuple[HarmListed, ...]
    told: OwnWords
    usual_conduct: tuple[Choice, ...] = Field(description="Usual for what the person chose.")
    grounds: tuple[Explained, ...]
    conduct: tuple[Explained, ...]
    areas: tuple[Choice, ...]
    respondents: tuple[Choice, ...]
    districts: tuple[Choice, ...]


class ContactOpened(Shown):
    """How to reach the person, or one they trust."""

    kind: Literal["phone", "email", "letter", "trusted", "other"]
    value: str
    name: str
    safe_note: str = Field(description="How to reach the person safely; read it first.")


class ContactEarlier(ContactOpened):
    """A contact that held before; it is not to be used."""

    noted_on: date | None = Field(description="None for the one that was left with the report.")
    noted_by: Person | None


class ContactShown(Shown):
    """The contact of a case once a reason was given; before that, which reasons there are."""

    case_number: str
    contact: ContactOpened | None
    noted_on: date | None = Field(
        None, description="Of a contact that was noted at the desk since the report."
    )
    noted_by: Person | None = None
    said_by: Choice | None = None
    noted_how: Choice | None = None
    earlier: tuple[ContactEarlier, ...] = ()
    reasons: tuple[Choice, ...] = ()


class ReopeningShown(Shown):
    """Opening a closed case again; without a version and reasons, the case is open, or void."""

    case_number: str
    is_closed: bool
    is_void: bool = Field(description="Then its voiding is taken back instead.")
    version: int | None = None
    language: Choice | None = Field(None, description="In which the person reads what they are told.")
    reasons: tuple[Choice, ...] = ()


class AssigningShown(Shown):
    """Who has a case, and to whom it can be given; beside a name a supervisor reads their work."""

    case_number: str
    version: int
    adviser: Person | None
    advisers: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    their_language: LanguageToChooseBy


def codes(page: Page) -> CodesShown:
    """Return the codes of a case."""
    case, now = page["case"], page["now"]
    return CodesShown(
        case_number=case.reference,
        version=case.version,
        codes=CodesOfCase(
            grounds=coded_each(page, "grounds", now["grounds"]),
            conduct=coded_each(page, "conduct", now["conduct"]),
            area=coded(page, "areas", now["area"][0]),
            respondent=coded(page, "respondents", now["respondent"][0]),
            district=coded(page, "districts", now["district"][0]),
        ),
        harms=listed(page["harms"]),
        told=_own_words(page, page["story"]),
        usual_conduct=coded_each(page, "conduct", page["hints"]),
        grounds=explained(page["grounds"]),
        conduct=explained(page["conduct"]),
        areas=choices(page["areas"]),
        respondents=choices(page["respondents"]),
        districts=choices(page["districts"]),
    )


def _own_words(page: Page, story: Any) -> OwnWords:
    is_inseparable = story.heaviest_code == INSEPARABLE
    return OwnWords(
        grounds=coded_each(page, "grounds", story.ground_codes),
        grounds_in_words=story.ground_text,
        weighed_most=None if is_inseparable else coded(page, "grounds", story.heaviest_code),
        cannot_be_separated=is_inseparable,
        acts=coded_each(page, "acts", story.act_codes),
        respondent_in_words=story.respondent_text,
        place=story.where.place_text,
        setting=coded(page, "settings", story.where.setting_code),
        narrative=story.what_happened,
    )


def contact(page: Page) -> ContactShown:
    """Return the contact of a case, or what is asked before it opens."""
    number, found = page["case"].reference, page["contact"]
    if not found:
        return ContactShown(case_number=number, contact=None, reasons=choices(page["reasons"]))
    noted = page["noted"]
    since: dict[str, Any] = {}
    if noted:
        since = {
            "noted_on": noted.row.noted_on,
            "noted_by": person(noted.name),
            "said_by": worded(page["who"], noted.words.said_by),
            "noted_how": worded(page["how"], noted.words.how),
        }
    return ContactShown(
        case_number=number,
        contact=ContactOpened(**_opened(found)),
        earlier=tuple(
            ContactEarlier(
                noted_on=by.row.noted_on if by else None,
                noted_by=person(by.name) if by else None,
                **_opened(one),
            )
            for one, by in page["earlier"]
        ),
        **since,
    )


def _opened(found: Any) -> dict[str, Any]:
    return {"kind": found.kind, "value": found.value, "name": found.name, "safe_note": found.safe_note}


def reopening(page: Page) -> ReopeningShown:
    """Return what is asked before a closed case is opened again."""
    case = page["case"]
    if case.is_void or not case.is_closed:
        return ReopeningShown(case_number=case.reference, is_closed=case.is_closed, is_void=case.is_void)
    return ReopeningShown(
        case_number=case.reference,
        is_closed=True,
        is_void=False,
        version=case.version,
        language=coded(page, "languages", case.language),
        reasons=choices(page["reasons"]),
    )


def assigning(page: Page) -> AssigningShown:
    """Return who may have a case."""
    case = page["case"]
    return AssigningShown(
        case_number=case.reference,
        version=case.version,
        adviser=person(page["adviser"]),
        advisers=choices(page["advisers"]),
        reasons=choices(page["reasons"]),
        their_language=language_to_choose_by(page, page["theirs"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "codes.html": codes,
    "contact.html": contact,
    "reopening.html": reopening,
    "assigning.html": assigning,
}
