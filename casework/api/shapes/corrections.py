"""What was corrected of a report, for a program: contact, urgency, language and consents."""

from datetime import date
from typing import Any, Final

from pydantic import Field

from casework.api.shapes import told
from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Person, choices, coded, coded_each, person, worded
from casework.api.shown import Page, Shape, Shown


class Noted(Shown):
    """Who noted something, when, and in what words."""

    noted_by: Person | None
    noted_on: date
    words: str


class ContactForm(Versioned):
    """What the form that notes a contact offers."""

    contact_kind: tuple[Choice, ...]
    rule: tuple[Choice, ...]
    window_days: tuple[Choice, ...]
    from_hour: tuple[Choice, ...]
    to_hour: tuple[Choice, ...]
    no_longer: tuple[Choice, ...] = Field(description="Ways that hold now; those sent are never used again.")
    never_safe: tuple[str, ...] = Field(
        description="Ways noted as never safe; `lifts_never` says it is over."
    )
    notices_stay: tuple[Choice, ...] = Field(description="Empty where no address was left; unsent is no.")
    said_by: tuple[Choice, ...]
    noted_how: tuple[Choice, ...]


class ContactChanging(Shown):
    """Noting how to reach the person; what is on record opens only with a reason, on another page."""

    case_number: str
    has_contact: bool
    form: ContactForm


class UrgencyWas(Noted):
    """How urgent a case was, and was set to be."""

    was: Choice | None
    now: Choice | None


class UrgencyForm(Versioned):
    """What the form that sets the urgency offers."""

    urgency: tuple[Choice, ...]


class UrgencyShown(Shown):
    """How urgent a case is; a closed one has no form."""

    case_number: str
    urgency: Choice | None
    said_danger_in_the_report: bool
    earlier: tuple[UrgencyWas, ...]
    form: UrgencyForm | None


class LanguageWas(Noted):
    """The language a case had, and was corrected to, with the interpreter that was needed then."""

    was: Choice | None
    now: Choice | None
    interpreter: Choice | None


class LanguageForm(Versioned):
    """What the form that corrects the language offers."""

    reads_in: tuple[Choice, ...]
    talks_in: tuple[Choice, ...]
    interpreter_need: tuple[Choice, ...]


class CaseLanguageShown(Shown):
    """How the person reads and talks, and what was corrected of it."""

    case_number: str
    reads_in: Choice | None
    talks_in: Choice | None
    talks_in_words: str
    interpreter: Choice | None
    earlier: tuple[LanguageWas, ...]
    form: LanguageForm


class ConsentsNoted(Noted):
    """What the office noted that the person agrees to, or no longer, with the evidence."""

    given: tuple[Choice, ...]
    withdrawn: tuple[Choice, ...]
    said_by: Choice | None
    how: Choice | None
    told_in: Choice | None
    told_on: date | None


class ConsentsForm(Versioned):
    """What the form that notes consents offers; each consent there is may be sent as `consent_<code>`."""

    answers: tuple[Choice, ...]
    said_by: tuple[Choice, ...]
    noted_how: tuple[Choice, ...]
    told_in: tuple[Choice, ...]


class ConsentsOfCase(Shown):
    """To what the person agrees, and what the office noted of it."""

    case_number: str
    consents: tuple[told.ConsentShown, ...]
    noted_by_the_office: tuple[ConsentsNoted, ...]
    form: ConsentsForm


def contact_changing(page: Page) -> ContactChanging:
    """Return what is asked to note a contact."""
    case = page["case"]
    return ContactChanging(
        case_number=case.reference,
        has_contact=page["has_contact"],
        form=ContactForm(
            version=case.version,
            contact_kind=choices(page["kinds"]),
            rule=choices(page["rules"]),
            window_days=choices(page["days"]),
            from_hour=choices(page["from_hours"]),
            to_hour=choices(page["to_hours"]),
            no_longer=choices(page["ways"]),
            never_safe=tuple(page["never"]),
            notices_stay=choices(page["notices"]),
            said_by=choices(page["said_by"]),
            noted_how=choices(page["ways_of_saying"]),
        ),
    )


def urgency(page: Page) -> UrgencyShown:
    """Return how urgent a case is."""
    case = page["case"]
    return UrgencyShown(
        case_number=case.reference,
        urgency=coded(page, "urgency", case.urgency_code),
        said_danger_in_the_report=page["in_danger"],
        earlier=tuple(
            UrgencyWas(
                was=coded(page, "urgency", one.words.was),
                now=coded(page, "urgency", one.words.now),
                **_noted(one),
            )
            for one in page["earlier"]
        ),
        form=None
        if case.is_closed
        else UrgencyForm(version=case.version, urgency=choices(page["urgencies"])),
    )


def case_language(page: Page) -> CaseLanguageShown:
    """Return how the person reads and talks."""
    case, now = page["case"], page["now"]
    return CaseLanguageShown(
        case_number=case.reference,
        reads_in=coded(page, "languages", now.written or case.language),
        talks_in=coded(page, "languages", now.spoken),
        talks_in_words=now.other_text,
        interpreter=coded(page, "interpreters", now.interpreter_code),
        earlier=tuple(
            LanguageWas(
                was=coded(page, "languages", one.words.was),
                now=coded(page, "languages", one.words.now),
                interpreter=coded(page, "interpreters", one.words.languages.interpreter_code),
                **_noted(one),
            )
            for one in page["earlier"]
        ),
        form=LanguageForm(
            version=case.version,
            reads_in=choices(page["tongues"]),
            talks_in=choices(page["tongues"]),
            interpreter_need=choices(page["needs"]),
        ),
    )


def consents(page: Page) -> ConsentsOfCase:
    """Return to what the person agrees."""
    case = page["case"]
    return ConsentsOfCase(
        case_number=case.reference,
        consents=told.consents(page, page["consents"]),
        noted_by_the_office=tuple(
            ConsentsNoted(
                given=coded_each(page, "consents", one.words.given),
                withdrawn=coded_each(page, "consents", one.words.withdrawn),
                said_by=worded(page["who"], one.words.said_by),
                how=worded(page["how"], one.words.how),
                told_in=coded(page, "languages", one.words.told_in),
                told_on=one.words.told_on,
                **_noted(one),
            )
            for one in page["earlier"]
        ),
        form=ConsentsForm(
            version=case.version,
            answers=choices(page["answers"]),
            said_by=choices(page["said_by"]),
            noted_how=choices(page["ways_of_saying"]),
            told_in=choices(page["tongues"]),
        ),
    )


def _noted(one: Any) -> dict[str, Any]:
    return {"noted_by": person(one.name), "noted_on": one.row.noted_on, "words": one.words.words}


SHAPES: Final[dict[str, Shape]] = {
    "contact_changing.html": contact_changing,
    "urgency.html": urgency,
    "case_language.html": case_language,
    "consents.html": consents,
}
