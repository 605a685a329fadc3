"""What programs are told back: receipts, limits, lists and what was wrong."""

from datetime import date

from pydantic import BaseModel, Field

from office.deadlines.warnings import State


class HelpShown(BaseModel):
    """Who helps at once."""

    phone: str
    label: str


class DeadlineShown(BaseModel):
    """A limit that may be running; never certain before a named lawyer confirms it."""

    code: str
    sentence: str
    state: State
    until: date | None = Field(description="Last day, counted from the earliest day it can have been.")
    latest_until: date | None = Field(description="Last day, counted from the latest day it can have been.")
    working_days_left: int | None = Field(description="Only when the last day is near.")
    route: str
    law: list[str]
    version: str
    is_confirmed: bool


class GuidanceShown(BaseModel):
    """Limits that may be running, the nearest first: guidance to show to the person, not legal advice."""

    emergency: list[HelpShown] = Field(description="To be shown first; only when there is danger.")
    deadlines: list[DeadlineShown]
    notes: list[str]


class ReceiptShown(BaseModel):
    """The receipt. The key is not kept by the office and cannot be given again."""

    case_number: str
    key: str
    promised_on: date | None = Field(
        description="By this day a person answers, if advice was asked for: counted from the end of the week."
    )
    return_to: str
    guidance: GuidanceShown


class Wrong(BaseModel):
    """One thing to correct."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[Wrong] = []


class ItemShown(BaseModel):
    """One code."""

    code: str
    label: dict[str, str]
    group: str | None


class VocabularyShown(BaseModel):
    """A list of codes."""

    name: str
    version: str
    items: list[ItemShown]
    groups: dict[str, dict[str, str]]
