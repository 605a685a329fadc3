"""What the residents' service hands to the advisers' desk: a sealed report, message or consent.

Each model is one sealed part in clear: forgotten after a request, then only in the memory of signed-in
staff. No field can hold a permit, an identity number or nationality; only who wants letters says where to.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from office.handover.codes import Code, LanguageTag, Month, language_outside

FORMAT: Final = 1
Story = Annotated[str, StringConstraints(max_length=20_000)]
Words = Annotated[str, StringConstraints(max_length=2_000)]
ShortText = Annotated[str, StringConstraints(max_length=300)]
RandomWord = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Bytes32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""32 bytes in hexadecimal: a key or a SHA-256."""
CaseNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{9}$")]
Link = Annotated[str, StringConstraints(max_length=2_000)]

MOST_FILES: Final = 12
LARGEST_FILE: Final = 40 * 1024 * 1024
"""Bytes of one file."""
MOST_AFFECTED: Final = 100_000

ConsentCode = Literal["count", "advise", "refer", "follow"]
ContactKind = Literal["phone", "email", "letter", "trusted", "other"]


class Sealable(BaseModel):
    """Clear text of one sealed part: strict, and closed to anything not named here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal[1] = FORMAT

    def as_bytes(self) -> bytes:
        """Return the JSON that is sealed."""
        return self.model_dump_json().encode()


class When(BaseModel):
    """When it happened, as exactly as the person can or wants to say."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    kind: Literal["day", "month", "long", "unknown"] = "unknown"
    day: date | None = None
    month: Month | None = None
    still_going_on: bool = False

    @property
    def year(self) -> int | None:
        """The year in which it happened, if the person said so."""
        if self.day is not None:
            return self.day.year
        return int(self.month[:4]) if self.month else None


class Where(BaseModel):
    """Where it happened; `district_code` may also be `outside` or `unknown`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    district_code: Code = "unknown"
    place_text: ShortText = ""
    setting_code: Code | None = None


class Consent(BaseModel):
    """One answer to one question, with the text that was read and in which language."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    code: ConsentCode
    given: bool
    text_version: ShortText
    language: LanguageTag


class SentFile(BaseModel):
    """One file that was sent, as the person who sent it and whoever reads the story know it.

    Attributes:
        file_id: under which its sealed pieces lie.
        key: the one under which they are sealed; it is nowhere else.
        pieces: how many there are.
        size: bytes of the original.
        sha256: of the original, as the receipt prints it.
        purpose: evidence, a mandate to act for somebody, or a voice recording.
        virus_check: `not_checked` where no scanner runs; one that is infected is not taken.
        is_voice_altered: the sound was altered before it was kept; the true voice is nowhere.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    file_id: UUID
    key: Bytes32
    pieces: int = Field(ge=1, le=200)
    name: ShortText
    media_type: ShortText
    size: int = Field(ge=1, le=LARGEST_FILE)
    sha256: Bytes32
    kept_at: datetime
    purpose: Literal["evidence", "mandate", "voice"] = "evidence"
    virus_check: Literal["clean", "not_checked"] = "not_checked"
    is_voice_altered: bool = False


class OnlineLink(BaseModel):
    """Where hate was seen on the net, as the person gave it, and when they gave it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    address: Link
    noted_at: datetime
    sha256: Bytes32


class Languages(BaseModel):
    """In which languages, how and with whom somebody would rather read and talk, and the interpreter."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    written: LanguageTag | None = None
    spoken: LanguageTag | None = None
    other_text: ShortText = ""
    interpreter_code: Code | None = None
    adviser_code: Code | None = None
    prefers_talking: bool = False


class About(BaseModel):
    """The earlier report this one belongs to, by its case number; nobody's word is taken for it.

    `claim`: a witness told it, and now the person it happened to does. `lost_key`: the receipt was lost.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    relation: Literal["claim", "lost_key", "same_event"]
    case_number: CaseNumber


class RelayedBy(BaseModel):
    """Who filed the report for the person: an association, or somebody of the office."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    relay_id: UUID
    kind: Literal["association", "operator"]
    name: ShortText
    public_key: Bytes32
    mandate_code: Code | None = None
    may_follow: bool = False


class ReportStory(Sealable):
    """What a person tells: sealed to `story`, or to `story-apart` when it is against the city.

    `heaviest_code` is a ground or `inseparable`; `receipt_key` the public half of the first receipt key: who
    carries the envelope cannot change it here.
    """

    kind: Literal["report"] = "report"
    case_number: str
    language: LanguageTag
    told_at: datetime
    what_happened: Story = ""
    act_codes: tuple[Code, ...] = ()
    when: When = When()
    where: Where = Where()
    area_code: Code = "unknown"
    ground_codes: tuple[Code, ...] = ("unknown",)
    heaviest_code: Code | None = None
    ground_text: Words = ""
    respondent_code: Code = "unknown"
    respondent_text: Words = ""
    role_code: Code | None = None
    in_danger: bool = False
    consents: tuple[Consent, ...] = ()
    affected_count: int | None = Field(default=None, ge=1, le=MOST_AFFECTED)
    languages: Languages = Languages()
    files: tuple[SentFile, ...] = Field(default=(), max_length=MOST_FILES)
    links: tuple[OnlineLink, ...] = Field(default=(), max_length=MOST_FILES)
    about: About | None = None
    relayed_by: RelayedBy | None = None
    receipt_key: Bytes32 | None = None


class ReportContact(Sealable):
    """How to reach the person, or one they trust (`trusted`), sealed to `contact`, apart from the story."""

    kind: ContactKind
    value: ShortText
    safe_note: Words = ""
    name: ShortText = ""


class Message(Sealable):
    """A message of the person, sealed to the case once there is one, else to `story`."""

    kind: Literal["message"] = "message"
    case_number: str
    told_at: datetime
    text: Story
    files: tuple[SentFile, ...] = Field(default=(), max_length=MOST_FILES)


class ConsentChange(Sealable):
    """Consents given or taken back later, with the receipt."""

    kind: Literal["consent"] = "consent"
    case_number: str
    told_at: datetime
    consents: tuple[Consent, ...] = Field(min_length=1)


class Rekey(Sealable):
    """Says that the person has a new receipt key; the envelope's outside carries its public half.

    `by_old_key`: the word of the old key for the new one (`office.sealing.successions`), in hexadecimal.
    """

    kind: Literal["rekey"] = "rekey"
    case_number: str
    told_at: datetime
    key_version: int = Field(ge=2)
    by_old_key: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){1,300}$")]


class Feedback(Sealable):
    """What a person thinks of how the office dealt with it, sealed as a message is."""

    kind: Literal["feedback"] = "feedback"
    case_number: str
    told_at: datetime
    helped: Literal["yes", "partly", "no"]
    text: Words = ""


class NoticeChange(Sealable):
    """Says that the address for notices was changed, or taken back when the envelope brings none."""

    kind: Literal["notice"] = "notice"
    case_number: str
    told_at: datetime
    is_wanted: bool


class EqualityAnswers(Sealable):
    """What somebody says about themselves after sending, in codes: sealed to `story`, tied to no report."""

    kind: Literal["equality"] = "equality"
    answer_codes: tuple[Code, ...] = Field(min_length=1, max_length=20)


class CodedRecord(Sealable):
    """What may be counted of one situation, sealed to `statistics`: codes, months and bands only.

    `person_key`, `respondent_key` and `incident_key` are random words the desk gives when it knows that two
    records are about the same person, respondent or event. They never leave the hand-over.
    """

    kind: Literal["coded"] = "coded"
    person_key: RandomWord | None = None
    respondent_key: RandomWord | None = None
    incident_key: RandomWord | None = None
    month: Month
    occurred_year: int | None = Field(default=None, ge=1900, le=2200)
    district_code: Code = "unknown"
    area_code: Code = "unknown"
    ground_codes: tuple[Code, ...] = ("unknown",)
    conduct_codes: tuple[Code, ...] = ()
    respondent_code: Code = "unknown"
    channel_code: Code
    language: LanguageTag
    barrier_codes: tuple[Code, ...] = ()
    path_codes: tuple[Code, ...] = ()
    stage_code: Code = "registered"
    response_codes: tuple[Code, ...] = ()
    outcome_code: Code | None = None
    first_answer_band: Code | None = None

    @classmethod
    def of_story(
        cls, story: ReportStory, *, month: str, channel_code: str, ground_codes: tuple[str, ...]
    ) -> Self:
        """Return what may be counted of a report as the person told it, before any adviser coded it.

        Args:
            story: the report in clear.
            month: of its registration, in the city's own days.
            channel_code: the way by which it came.
            ground_codes: its grounds as they may leave the case team (`Vocabulary.published_codes`).
        """
        return cls(
            month=month,
            occurred_year=story.when.year,
            district_code=story.where.district_code,
            area_code=story.area_code,
            ground_codes=ground_codes or ("unknown",),
            respondent_code=story.respondent_code,
            channel_code=channel_code,
            language=language_outside(story.language),
        )
