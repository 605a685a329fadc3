"""From answers to sealed parts in the mailbox: a report is built, sealed and inserted in one durable commit.

What was told is in clear only inside this request's memory. Each part is sealed to its own key, so that
who counts cannot read, and who reads does not at once see who it was. The envelope and its receipt are
one commit; the receipt is shown after it or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args

from intake_api.about import about_of
from intake_api.assisted.relay_form import FOLLOW, MANDATE, ROLE, ROLE_OF_ASSOCIATION
from intake_api.assisted.relays import Seat, seeing
from intake_api.files.held import Held
from intake_api.files.piece_store import id_in
from intake_api.form.answers import YES, Answers
from intake_api.letter_statements import INSERT_RECEIPT, INSERT_WITH_NOTICE, SELECT_PROOF
from intake_api.letterbox import Desk
from intake_api.receipts.ahead import ReceiptAhead
from intake_api.returning.notice_address import sealed_notice, told_in
from office.clock import day_in, iso_week, month_of
from office.deadlines.warnings import Guidance, guidance_for
from office.handover.codes import language_outside
from office.handover.notice import NoticeAddress
from office.handover.report import (
    CodedRecord,
    Consent,
    ConsentCode,
    ContactKind,
    Languages,
    RelayedBy,
    ReportContact,
    ReportStory,
    When,
    Where,
)
from office.routing import STORY_KEY, routing_of
from office.sealing.boxes import seal
from office.sealing.public_keys import PublicKeys
from office.sealing.receipts import derive, proof_hash
from office.vocabulary import City, load

CHANNEL: Final = "web_form"
KEY_VERSION: Final = 1
CONSENTS: Final[tuple[ConsentCode, ...]] = ("count", "advise", "refer")
UNKNOWN: Final = "unknown"
"""What somebody chooses who does not know; a report says nothing then."""
NOT_LISTED: Final = (UNKNOWN, "other")
NO_WISH: Final = ("either",)
CONTACT_KINDS: Final[tuple[ContactKind, ...]] = get_args(ContactKind)
SUGGESTING: Final = {
    "acts": "act_codes",
    "areas": "area_code",
    "grounds": "ground_codes",
    "respondents": "respondent_code",
}
"""Answers that suggest a limit, by the name of their list."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A report as it is read before sealing; never kept."""

    story: ReportStory
    contact: ReportContact | None
    coded: CodedRecord | None
    guidance: Guidance = Guidance()
    notice: NoticeAddress | None = None

    @property
    def wants_advice(self) -> bool:
        """Whether the person asked for advice, so that an answer is promised."""
        return any(one.given for one in self.story.consents if one.code == "advise")

    def __repr__(self) -> str:
        return "Parts(…)"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is not the person's answer: language, instant, city and the version of the form's words.

    `seat` is who files for the person, if somebody does; `channel_code` the way by which it comes.
    """

    language: str
    at: datetime
    city: City
    form_version: str
    consent_language: str = ""
    channel_code: str = CHANNEL
    seat: Seat | None = None

    @property
    def asked(self) -> tuple[ConsentCode, ...]:
        """The consents that were asked for."""
        return (*CONSENTS, "follow") if self.seat is not None and self.seat.is_association else CONSENTS

    @property
    def today(self) -> date:
        """The day in the city."""
        return day_in(self.city.zone, self.at)


def parts_of(answers: Answers, case_number: str, told: Circumstances, held: Held | None = None) -> Parts:
    """Return the story, the contact and the coded record of a report with the files it `held`."""
    held = held or Held()
    consents = tuple(
        Consent(
            code=code,
            given=_one(answers, f"consent_{code}") == YES,
            text_version=told.form_version,
            language=told.consent_language or told.language,
        )
        for code in told.asked
    )
    story = ReportStory(
        case_number=case_number,
        language=told.language,
        told_at=told.at,
        what_happened=_one(answers, "what_happened"),
        act_codes=tuple(answers.get("act_codes", ())),
        when=_when(answers),
        where=Where(
            district_code=_one(answers, "district_code") or "unknown",
            place_text=_one(answers, "place_text"),
            setting_code=_known(answers, "setting_code"),
        ),
        area_code=_one(answers, "area_code") or "unknown",
        ground_codes=tuple(answers.get("ground_codes", ())) or ("unknown",),
        heaviest_code=_one(answers, "heaviest_code") or None,
        ground_text=_one(answers, "ground_text"),
        respondent_code=_one(answers, "respondent_code") or "unknown",
        respondent_text=_one(answers, "respondent_text"),
        role_code=_known(answers, ROLE) or _role_of(told.seat),
        in_danger=_one(answers, "in_danger") == YES,
        consents=consents,
        affected_count=int(_one(answers, "affected_count") or 0) or None,
        languages=Languages(
            written=_known(answers, "written_language", NOT_LISTED),
            spoken=_known(answers, "spoken_language", NOT_LISTED),
            other_text=_one(answers, "language_other"),
            interpreter_code=_known(answers, "interpreter_code"),
            adviser_code=_known(answers, "adviser_code", NO_WISH),
            prefers_talking=_one(answers, "prefers_talking") == YES,
        ),
        files=held.files,
        links=held.links,
        about=about_of(answers),
        relayed_by=_relayed_by(answers, told.seat),
    )
    counts = consents[0].given
    coded = _coded(story, told) if counts else None
    notice = told_in(answers.get("notice_kind", ()), answers.get("notice_value", ()), told.language)
    guidance = guidance_of(answers, told.city, told.today)
    return Parts(story, _contact(answers), coded, guidance, notice)


def guidance_of(answers: Answers, city: City, today: date) -> Guidance:
    """Return which short limits may be running for these answers."""
    codes = {name: answers.get(field, ()) for name, field in SUGGESTING.items()}
    return guidance_for(city, codes, _when(answers), today)


def inserting(
    parts: Parts, receipt: ReceiptAhead, keys: PublicKeys, told: Circumstances
) -> Callable[[Desk], bool]:
    """Return the work that inserts the sealed report and its receipt; False if it is there already.

    Raises:
        NoActiveKey: a key that is needed has no active version; nothing may be kept then.
    """
    story = parts.story
    number = receipt.case_number
    derived = derive(receipt.key, receipt.salt)
    routing = routing_of(story.respondent_code, told.city)
    week = iso_week(told.today)
    key_name, key = keys.active(STORY_KEY[routing])
    contact: tuple[str, bytes] | tuple[None, None] = (None, None)
    statistics: tuple[str, bytes] | tuple[None, None] = (None, None)
    if parts.contact is not None:
        name, public = keys.active("contact")
        contact = (name, seal(parts.contact.as_bytes(), public, about=f"contact/{number}"))
    if parts.coded is not None:
        name, public = keys.active("statistics")
        statistics = (name, seal(parts.coded.as_bytes(), public, about="statistics"))
    outside = language_outside(told.language)
    told_key = story.model_copy(update={"receipt_key": derived.sealing_key.public.hex()})
    sealed = seal(told_key.as_bytes(), key, about=f"story/{number}")
    notice = sealed_notice(parts.notice, keys, number)
    values = (
        "report", number, derived.sealing_key.public, KEY_VERSION, week, outside, told.channel_code,
        urgency_of(story, told.city, parts.guidance), routing, key_name, sealed, *contact, *statistics,
        *notice,
    )  # fmt: skip
    proof = proof_hash(derived.proof)
    seat, relayed = told.seat, story.relayed_by
    # Who typed it in has seen the key: the person's first visit makes a new one.
    receipt_values = (
        number, receipt.salt, proof, derived.sealing_key.public, KEY_VERSION, 0, week, seat is not None,
    )  # fmt: skip

    def work(desk: Desk) -> bool:
        desk.bring(case_number=number)
        if not desk.change(INSERT_RECEIPT, receipt_values):
            return False
        desk.change(INSERT_WITH_NOTICE, (id_in(desk, receipt.envelope_id), *values))
        if seat is not None and relayed is not None and relayed.may_follow:
            seeing(seat, number, week)(desk)
        return True

    return work


def is_ours(receipt: ReceiptAhead) -> Callable[[Desk], bool]:
    """Return the work that says whether the case number in the store is this receipt's own."""
    proof = proof_hash(derive(receipt.key, receipt.salt).proof)

    def work(desk: Desk) -> bool:
        desk.bring(case_number=receipt.case_number)
        rows = desk.rows(SELECT_PROOF, (receipt.case_number,))
        return bool(rows) and bytes(rows[0][0]) == proof

    return work


def urgency_of(story: ReportStory, city: City, guidance: Guidance) -> str:
    """Return how soon somebody should look: `danger` if the person says so, `soon` for acts marked so.

    Few working days left to the first limit are `soon` too; how few is data.
    """
    if story.in_danger:
        return "danger"
    if guidance.is_soon:
        return "soon"
    acts = load("acts", city)
    told = (acts.item(code) for code in story.act_codes if code in acts)
    is_soon = any(act.has("is_urgent") or act.has("has_short_deadline") for act in told)
    return "soon" if is_soon else "normal"


def _coded(story: ReportStory, told: Circumstances) -> CodedRecord:
    grounds = load("grounds", told.city).published_codes(story.ground_codes)
    return CodedRecord.of_story(
        story, month=month_of(told.today), channel_code=told.channel_code, ground_codes=grounds
    )


def _role_of(seat: Seat | None) -> str | None:
    return ROLE_OF_ASSOCIATION if seat is not None and seat.is_association else None


def _relayed_by(answers: Answers, seat: Seat | None) -> RelayedBy | None:
    if seat is None:
        return None
    return RelayedBy(
        relay_id=seat.id,
        kind=seat.kind,
        name=seat.name,
        public_key=seat.public_key,
        mandate_code=(_one(answers, MANDATE) or None) if seat.is_association else None,
        may_follow=seat.is_association and _one(answers, FOLLOW) == YES,
    )


def _contact(answers: Answers) -> ReportContact | None:
    kind = _one(answers, "contact_kind")
    value, note, name = (_one(answers, f"contact_{part}") for part in ("value", "safe_note", "name"))
    if not (value or note or name):
        return None
    known: ContactKind = next((one for one in CONTACT_KINDS if one == kind), "other")
    return ReportContact(kind=known, value=value, safe_note=note, name=name)


def _when(answers: Answers) -> When:
    is_still_going_on = _one(answers, "still_going_on") == YES
    day, month, year = (_one(answers, f"when_{part}") for part in ("day", "month", "year"))
    match _one(answers, "when"):
        case "day":
            told = date(int(year), int(month), int(day))
            return When(kind="day", day=told, still_going_on=is_still_going_on)
        case "month":
            said = f"{int(year):04d}-{int(month):02d}"
            return When(kind="month", month=said, still_going_on=is_still_going_on)
        case "long":
            return When(kind="long", still_going_on=is_still_going_on)
        case _:
            return When(still_going_on=is_still_going_on)


def _known(answers: Answers, name: str, nothing: tuple[str, ...] = (UNKNOWN,)) -> str | None:
    code = _one(answers, name)
    return code if code and code not in nothing else None


def _one(answers: Answers, name: str) -> str:
    return next(iter(answers.get(name, ())), "")
