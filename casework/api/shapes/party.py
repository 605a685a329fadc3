"""Somebody in a case with everything that is known of them, and what the form holds that corrects it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Code, choices, worded
from casework.api.shown import Page, Shown


class Line(Shown):
    """One thing that is known, with what it is called."""

    label: str
    words: str


class WayNow(Shown):
    """One way to reach somebody, as it is sent."""

    way: Code
    value: str = Field(description="Sent as way_value_ and the way.")
    rule: Code = Field(description="Sent as way_rule_ and the way.")
    words: str = Field(description="Sent as way_words_ and the way.")


class PartyNow(Shown):
    """What is known of somebody now, each by the name of the field that changes it."""

    other_names: str
    side: Code
    service: Code
    spoken: Code
    interpreter: Code
    minor: Code = Field(description="yes, or empty.")
    guardian: Code
    ways: tuple[WayNow, ...]
    party_address: str
    party_needs: str
    party_note: str
    from_on: date | None
    to_on: date | None


class PartyForm(Versioned):
    """Correcting somebody in a case. What is not sent stays as it is; an empty text or code takes it out.

    A day can be sent anew; it is taken out on the page.
    """

    now: PartyNow
    role: tuple[Choice, ...]
    kind: tuple[Choice, ...]
    side: tuple[Choice, ...]
    service: tuple[Choice, ...]
    spoken: tuple[Choice, ...] = Field(description="Languages.")
    interpreter: tuple[Choice, ...]
    guardian: tuple[Choice, ...] = Field(description="Who else is in the case.")
    ways: tuple[Choice, ...] = Field(description="Each is sent as way_value_, way_rule_ and way_words_.")
    rules: tuple[Choice, ...] = Field(description="What may be sent as way_rule_.")


class PartyShown(Shown):
    """Somebody in a case, with everything that is known of them."""

    case_number: str
    id: UUID
    name: str
    aliases: tuple[str, ...]
    role: Choice | None
    kind: Choice | None
    known: tuple[Line, ...]
    form: PartyForm


def party(page: Page) -> PartyShown:
    """Return somebody in a case."""
    row, called = page["party"], page["called"]
    return PartyShown(
        case_number=page["case"].reference,
        id=row.id,
        name=called.name,
        aliases=tuple(called.aliases),
        role=worded(dict(page["roles"]), row.role_code),
        kind=worded(dict(page["kinds"]), row.kind_code),
        known=known_lines(page["lines"]),
        form=PartyForm(
            version=row.version,
            now=_now(row, called, dict(page["others"])),
            role=choices(page["roles"]),
            kind=choices(page["kinds"]),
            side=choices(page["sides"]),
            service=choices(page["services"]),
            spoken=choices(page["tongues"]),
            interpreter=choices(page["interpreters"]),
            guardian=choices(page["others"]),
            ways=choices(page["ways"]),
            rules=choices(page["rules"]),
        ),
    )


def _now(row: Any, called: Any, others: dict[str, str]) -> PartyNow:
    known = called.details
    guardian = str(known.guardian or "")
    return PartyNow(
        other_names="\n".join(called.aliases),
        side=row.side_code or "",
        service=called.service,
        spoken=known.language,
        interpreter=known.interpreter,
        minor="yes" if known.is_minor else "",
        guardian=guardian if guardian in others else "",
        ways=tuple(
            WayNow(way=one.way, value=one.value, rule=one.rule, words=one.words) for one in known.ways
        ),
        party_address=known.address,
        party_needs=known.needs,
        party_note=known.note,
        from_on=known.from_on,
        to_on=known.to_on,
    )


def known_lines(lines: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    """Return what is known of somebody."""
    return tuple(Line(label=label, words=words) for label, words in lines)
