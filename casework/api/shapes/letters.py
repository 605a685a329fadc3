"""The letters of a case for a program: the list, one letter with its fields, and papers for the person."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import By, Versioned, by, labelled
from casework.api.shapes.parts import Choice, Code, choices, worded
from casework.api.shown import Page, Shape, Shown


class LetterLine(Shown):
    """A letter in the list of a case."""

    id: UUID
    called: str
    language: Choice
    to: Choice | None
    recipient: str
    state: Choice | None
    begun_on: date
    sent_on: date | None
    via: Choice | None


class BeginningLetter(Shown):
    """Beginning a letter. What is not offered in this case is named too."""

    template: tuple[Choice, ...]
    letter_language: tuple[Choice, ...]
    person_chose: Choice = Field(description="The language in which the person reads.")
    not_offered: tuple[str, ...]
    is_against_an_administration: bool = Field(
        description="Something is not offered because an administration is claimed from in another way."
    )


class LettersShown(Shown):
    """The letters of a case, the newest first."""

    case_number: str
    letters: tuple[LetterLine, ...]
    beginning: BeginningLetter | None


class LetterField(Shown):
    """A field of a letter, by the name under which it is sent, with what was typed."""

    field: str
    label: str
    value: str
    is_optional: bool
    is_by_hand: bool = Field(description="Left empty, the paper leaves a blank for it.")


class FieldMissing(Shown):
    """What a letter still lacks; without a field the case itself lacks it."""

    field: str | None
    label: str


class LetterMade(Shown):
    """A finished letter, by its number and its format in the address of the file."""

    number: int
    format: Code
    made_on: date
    template_version: str
    sha256: str


class LetterSent(Shown):
    """When, how and by whom a letter left."""

    on: date
    via: Choice | None
    by: str
    may_interrupt_a_limit: bool = Field(description="It was a claim in writing; no clock changes by itself.")


class WayToPerson(Shown):
    """What is noted of a way by which a letter can reach the person; without a rule nobody has asked."""

    way: str
    rule: str
    words: str


class SendingLetter(Versioned):
    """Noting how a finished letter left."""

    via: tuple[Choice, ...]
    safe_ways: tuple[WayToPerson, ...]


class LetterWriting(Versioned):
    """The fields of a letter, and what is missing before it can be made."""

    fields: tuple[LetterField, ...]
    missing: tuple[FieldMissing, ...]


class LetterShown(Shown):
    """One letter of a case."""

    case_number: str
    id: UUID
    called: str
    state: Choice
    to: Choice
    language: Choice
    begun: By | None
    writing: LetterWriting | None
    lacks_template: bool = Field(description="Its template is not there any more: begin another letter.")
    made: tuple[LetterMade, ...] = Field(description="The newest first.")
    sent: LetterSent | None
    sending: SendingLetter | None


class PapersShown(Shown):
    """The form of a paper for the person. Nothing of it is kept."""

    case_number: str
    paper: tuple[Choice, ...]
    paper_language: tuple[Choice, ...]
    suggested_language: Code
    lines: tuple[Choice, ...]
    own_words: tuple[Choice, ...]


def letters(page: Page) -> LettersShown:
    """Return the shape of the letters of a case."""
    case, names = page["case"], page["names"]
    return LettersShown(
        case_number=case.reference,
        letters=tuple(
            LetterLine(
                id=one.letter.id,
                called=names.get(one.letter.template, one.letter.template),
                language=labelled(page, "languages", one.text.language),
                to=worded(page["receivers"], one.letter.to_code),
                recipient=one.text.fields.get("recipient", ""),
                state=worded(page["states"], one.letter.state_code),
                begun_on=one.letter.begun_on,
                sent_on=one.letter.sent_on,
                via=worded(page["vias"], one.letter.via_code),
            )
            for one in page["found"]
        ),
        beginning=BeginningLetter(
            template=choices(page["shelf"]),
            letter_language=choices(page["tongues"]),
            person_chose=labelled(page, "languages", case.language),
            not_offered=tuple(page["left_out"]),
            is_against_an_administration=bool(page["left_out"]) and page["is_against_administration"],
        )
        if not case.is_closed
        else None,
    )


def letter(page: Page) -> LetterShown:
    """Return the shape of one letter."""
    one, case = page["one"], page["case"]
    row, text = one.letter, one.text
    is_open = not case.is_closed and row.state_code != "sent"
    return LetterShown(
        case_number=case.reference,
        id=row.id,
        called=page["called"],
        state=Choice(code=row.state_code, label=page["state"]),
        to=Choice(code=row.to_code, label=page["receiver"]),
        language=labelled(page, "languages", text.language),
        begun=by(one.writer, row.begun_on),
        writing=_writing(page) if is_open and page["is_on_shelf"] else None,
        lacks_template=is_open and not page["is_on_shelf"],
        made=tuple(
            LetterMade(
                number=each.number,
                format=each.format,
                made_on=each.made_on,
                template_version=each.template_version,
                sha256=each.sha256,
            )
            for each in reversed(text.made)
        ),
        sent=LetterSent(
            on=row.sent_on,
            via=worded(page["via_words"], row.via_code),
            by=one.sender,
            may_interrupt_a_limit=row.to_code == "respondent",
        )
        if row.sent_on
        else None,
        sending=SendingLetter(
            version=row.version,
            via=choices(page["vias"]),
            safe_ways=tuple(
                WayToPerson(way=way, rule=rule, words=words) for way, rule, words in page["safe"]
            ),
        )
        if row.state_code == "made"
        else None,
    )


def _writing(page: Page) -> LetterWriting:
    typed = page["one"].text.fields
    return LetterWriting(
        version=page["one"].letter.version,
        fields=tuple(
            LetterField(
                field=f"field_{code}",
                label=page.view.text(field.label),
                value=typed.get(code, ""),
                is_optional=code in page["optional"],
                is_by_hand=code in page["by_hand"],
            )
            for code, field in page["fields"]
        ),
        missing=tuple(
            FieldMissing(field=f"field_{code}" if can_be_typed else None, label=label)
            for code, label, can_be_typed in page["missing"]
        ),
    )


def papers(page: Page) -> PapersShown:
    """Return the shape of the form of a paper for the person."""
    return PapersShown(
        case_number=page["case"].reference,
        paper=choices(page["papers"]),
        paper_language=choices(page["tongues"]),
        suggested_language=page["given"]["paper_language"][-1],
        lines=choices(page["lines"]),
        own_words=choices(page["with_words"]),
    )


SHAPES: Final[dict[str, Shape]] = {
    "letter.html": letter,
    "letters.html": letters,
    "papers.html": papers,
}
