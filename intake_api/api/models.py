"""What programs send and receive, with the examples that openapi.json shows."""

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from intake_api.form.answers import YES
from office.handover.report import MOST_AFFECTED, MOST_FILES, ContactKind
from office.languages import mark

MOST_CODES: Final = 60
NUMBERS: Final = mark(
    "This looks like the number of an identity document, which we do not need. "
    'Take it out, or say "identity_numbers": "remove" or "keep"'
)


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class WhenSent(_Sent):
    """When it happened."""

    kind: Literal["day", "month", "long", "unknown"] = "unknown"
    day: date | None = Field(default=None, description="With kind `day`.")
    month: str | None = Field(
        default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="With kind `month`."
    )
    still_going_on: bool = False


class WhereSent(_Sent):
    """Where it happened; never where somebody lives."""

    district_code: str | None = None
    setting_code: str | None = None
    place_text: str = ""


class ConsentsSent(_Sent):
    """Separate choices; none is given unless it says so."""

    count: bool = False
    advise: bool = False
    refer: bool = False
    follow: bool = Field(default=False, description="Only with the token of an association.")


class LanguagesSent(_Sent):
    """In which languages and how to write and speak to the person; kept only with the wish for advice."""

    written: str | None = Field(
        default=None, description="A code of `/api/v1/vocabulary/languages`, or `other`."
    )
    spoken: str | None = Field(default=None, description="Likewise.")
    other: str = Field(default="", description="A language that is not in the list.")
    interpreter: str | None = Field(default=None, description="A code of `/api/v1/vocabulary/interpreters`.")
    adviser: str | None = Field(default=None, description="A code of `/api/v1/vocabulary/adviser_wishes`.")
    prefers_talking: bool = Field(default=False, description="Rather than read and write.")


class ContactSent(_Sent):
    """How to reach the person, if they want that."""

    kind: Literal["none", ContactKind] = "none"
    value: str = Field(default="", description="With `trusted`: who it is, and how to reach them.")
    safe_note: str = ""
    name: str = ""


class AboutSent(_Sent):
    """The earlier report this one belongs to; whether there is one is never told."""

    relation: Literal["claim", "lost_key", "same_event"] = Field(
        description="`claim`: a witness told it and gave the number; `lost_key`: the same person, whose key"
        " is lost; `same_event`: several people report the same thing."
    )
    case_number: str = Field(description="Number of the earlier report, for example K4T7-2MPX-9.")


class FileSent(_Sent):
    """A file that was sent before with `POST /api/v1/files`."""

    file: str = Field(max_length=100, description="The word that was given for it.")
    name: str = Field(default="", max_length=300, description="What the person calls it.")
    purpose: Literal["evidence", "mandate", "voice"] = "evidence"

    def __repr__(self) -> str:
        return "FileSent(…)"


class FileKept(BaseModel):
    """A file that waits to be named in a report."""

    file: str = Field(description="Name it in `files` of the report, within the days a draft is kept.")
    media_type: str
    size: int
    sha256: str


class NoticeSent(_Sent):
    """Where to say "you have news" and nothing more, if the person wants that."""

    kind: Literal["none", "email", "sms"] = "none"
    value: str = ""


class NewReport(_Sent):
    """A report. Only `what_happened`, one act or a voice note is needed."""

    language: str = Field(
        default="es",
        description="Language to answer in: the tag in the addresses of the pages, such as `ar`.",
    )
    what_happened: str = Field(default="", description="In any language, at most 20,000 characters.")
    act_codes: list[str] = Field(default=[], max_length=MOST_CODES)
    role_code: str | None = None
    affected_count: int | None = Field(
        default=None,
        ge=1,
        le=MOST_AFFECTED,
        description="About how many people; not for a single person's report.",
    )
    in_danger: bool = False
    when: WhenSent = WhenSent()
    where: WhereSent = WhereSent()
    area_code: str | None = None
    ground_codes: list[str] = Field(default=[], max_length=MOST_CODES)
    heaviest_code: str | None = Field(default=None, description="The ground of most weight or `inseparable`.")
    ground_text: str = ""
    respondent_code: str | None = None
    respondent_text: str = ""
    consents: ConsentsSent = ConsentsSent()
    languages: LanguagesSent = LanguagesSent()
    contact: ContactSent = ContactSent()
    about: AboutSent | None = None
    files: list[FileSent] = Field(default=[], max_length=MOST_FILES)
    links: list[Annotated[str, Field(max_length=2_000)]] = Field(
        default=[], max_length=MOST_FILES, description="Addresses of hate on the net; nothing is fetched."
    )
    notice: NoticeSent = NoticeSent()
    mandate_code: str | None = Field(default=None, description="Only with the token of an association.")
    identity_numbers: Literal["remove", "keep"] | None = Field(
        default=None,
        description="What to do with numbers of identity documents in texts, links and names of files;"
        " else they are refused.",
    )

    def __repr__(self) -> str:
        return "NewReport(…)"


def fields_of(report: NewReport) -> dict[str, list[str]]:
    """Return a report as the fields of the form, so that one set of checks serves both doors."""
    when, where, contact = report.when, report.where, report.contact
    day = when.day
    month = when.month.split("-") if when.month else ["", ""]
    has_contact = bool(contact.value or contact.safe_note or contact.name) or contact.kind != "none"
    single = {
        "what_happened": report.what_happened,
        "role_code": report.role_code or "",
        "affected_count": str(report.affected_count or ""),
        "in_danger": YES if report.in_danger else "",
        "when": when.kind,
        "when_day": str(day.day) if day else "",
        "when_month": str(day.month) if day else month[1],
        "when_year": str(day.year) if day else month[0],
        "still_going_on": YES if when.still_going_on else "",
        "district_code": where.district_code or "",
        "setting_code": where.setting_code or "",
        "place_text": where.place_text,
        "area_code": report.area_code or "",
        "heaviest_code": report.heaviest_code or "",
        "ground_text": report.ground_text,
        "respondent_code": report.respondent_code or "",
        "respondent_text": report.respondent_text,
        "consent_count": YES if report.consents.count else "",
        "consent_advise": YES if report.consents.advise else "",
        "consent_refer": YES if report.consents.refer else "",
        "written_language": report.languages.written or "",
        "spoken_language": report.languages.spoken or "",
        "language_other": report.languages.other,
        "interpreter_code": report.languages.interpreter or "",
        "adviser_code": report.languages.adviser or "",
        "prefers_talking": YES if report.languages.prefers_talking else "",
        "consent_follow": YES if report.consents.follow else "",
        "mandate_code": report.mandate_code or "",
        "contact_kind": contact.kind if has_contact else "",
        "contact_value": contact.value,
        "contact_safe_note": contact.safe_note,
        "contact_name": contact.name,
        "notice_kind": report.notice.kind if report.notice != NoticeSent() else "",
        "notice_value": report.notice.value,
    }
    if report.about is not None:
        single |= {"about_relation": report.about.relation, "about_number": report.about.case_number}
    fields = {name: [value] for name, value in single.items() if value}
    return {**fields, "act_codes": report.act_codes, "ground_codes": report.ground_codes}


POINTERS: Final[dict[str, str]] = {
    "language": "/language",
    "what_happened": "/what_happened",
    "act_codes": "/act_codes",
    "role_code": "/role_code",
    "affected_count": "/affected_count",
    "in_danger": "/in_danger",
    "when": "/when/kind",
    "when_day": "/when/day",
    "when_month": "/when/month",
    "when_year": "/when",
    "still_going_on": "/when/still_going_on",
    "district_code": "/where/district_code",
    "setting_code": "/where/setting_code",
    "place_text": "/where/place_text",
    "area_code": "/area_code",
    "ground_codes": "/ground_codes",
    "heaviest_code": "/heaviest_code",
    "ground_text": "/ground_text",
    "respondent_code": "/respondent_code",
    "respondent_text": "/respondent_text",
    "written_language": "/languages/written",
    "spoken_language": "/languages/spoken",
    "language_other": "/languages/other",
    "interpreter_code": "/languages/interpreter",
    "adviser_code": "/languages/adviser",
    "prefers_talking": "/languages/prefers_talking",
    "contact_kind": "/contact/kind",
    "contact_value": "/contact/value",
    "contact_safe_note": "/contact/safe_note",
    "contact_name": "/contact/name",
    "notice_kind": "/notice/kind",
    "notice_value": "/notice/value",
    "consent_count": "/consents/count",
    "consent_advise": "/consents/advise",
    "consent_refer": "/consents/refer",
    "about_relation": "/about/relation",
    "about_number": "/about/case_number",
    "consent_follow": "/consents/follow",
    "mandate_code": "/mandate_code",
}
"""Field of the form to place in the body."""

KNOWN_NAMES: Final = frozenset(
    name
    for model in (
        NewReport,
        FileSent,
        WhenSent,
        WhereSent,
        ConsentsSent,
        LanguagesSent,
        ContactSent,
        AboutSent,
        NoticeSent,
    )
    for name in model.model_fields
)

EXAMPLES: Final[dict[str, Any]] = {
    "shortest": {"summary": "The least there can be", "value": {"act_codes": ["insult"]}},
    "usual": {
        "summary": "A flat refused, with advice wanted",
        "value": {
            "language": "fr",
            "what_happened": "On m'a dit que l'appartement n'était plus libre quand on a entendu mon accent.",
            "act_codes": ["rent_refused"],
            "when": {"kind": "month", "month": "2026-10"},
            "where": {"district_code": "11"},
            "area_code": "housing",
            "ground_codes": ["race_ethnicity", "nationality"],
            "respondent_code": "estate_agency",
            "consents": {"count": True, "advise": True, "refer": False},
            "contact": {"kind": "none"},
        },
    },
}
RECEIPT_EXAMPLE: Final = {
    "case_number": "K4T7-2MPX-9",
    "key": "4821 0937 5566 1204 8830 7197",
    "promised_on": "2026-12-04",
    "return_to": "/fr/return",
    "guidance": {
        "emergency": [],
        "deadlines": [
            {
                "code": "dismissal",
                "sentence": "Il vous reste peut-être environ 18 jours ouvrables…",
                "state": "running",
                "until": "2026-12-21",
                "latest_until": "2026-12-21",
                "working_days_left": 18,
                "route": "labour_dismissal",
                "law": ["ET art. 59.3; LRJS arts. 43.4, 103.1"],
                "version": "2",
                "is_confirmed": False,
            }
        ],
        "notes": ["Ceci est une orientation et non un conseil juridique…"],
    },
}
PROBLEM_EXAMPLE: Final = {
    "type": "/problems/request_unclear",
    "title": "Some of what was sent is missing or is not as it should be.",
    "status": 422,
    "errors": [{"pointer": "/where/district_code", "detail": "Choose from the list"}],
}
