"""Where a draft may be kept: the forms of the desk in which something is written. Pure.

A place is the address a form is sent to, below the language. What is not listed here keeps no draft.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from office.languages import mark

LONGEST_PLACE: Final = 160
PIECES: Final = {
    "{number}": r"(?P<number>[0-9A-Z]{9})",
    "{id}": r"(?P<id>[0-9a-f-]{36})",
    "{name}": r"(?P<name>[A-Za-z0-9_-]{1,60})",
    "{place}": r"(?P<place>[0-9]{1,3})",
}
CASE: Final = "cases/{number}"


@dataclass(frozen=True, slots=True)
class DraftForm:
    """One form that keeps drafts.

    Attributes:
        code: its stable name.
        sent_to: the address it is sent to.
        page: the address of the page it stands on.
        title: what it is called in the list of drafts.
    """

    code: str
    sent_to: str
    page: str
    title: str
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        written = self.sent_to
        for piece, rule in PIECES.items():
            written = written.replace(piece, rule)
        object.__setattr__(self, "pattern", re.compile(written))


@dataclass(frozen=True, slots=True)
class Place:
    """One form of one case, report or entry.

    Attributes:
        path: the address it is sent to.
        page: the address of its page.
        number: the case number in it; none where it is about no case.
    """

    path: str
    page: str
    form: DraftForm
    number: str | None


def _here(code: str, at: str, title: str) -> DraftForm:
    return DraftForm(code, at, at, title)


def _below(code: str, page: str, last: str, title: str) -> DraftForm:
    return DraftForm(code, f"{page}/{last}", page, title)


MESSAGE: Final = mark("Write to the person")
NOTE: Final = mark("Write a note for the office")
STANDS: Final = mark("Where it stands")
ADVICE: Final = mark("Advice")
TRACKS: Final = mark("Tracks and remedies")
DEADLINE: Final = mark("Deadline")
PEOPLE: Final = mark("People and conflicts")
REFERRAL: Final = mark("Referral")
DUTY: Final = mark("Duty to report")
TASKS: Final = mark("Tasks")
INDICATIONS: Final = mark("Indications of discrimination")
LETTER: Final = mark("Letter")
HEARINGS: Final = mark("Hearings")
HARMS: Final = mark("What was done, and to whom")
DOSSIER: Final = mark("Dossier")
DOCUMENTS: Final = mark("Documents")
MEDIATION: Final = mark("Mediation")
REQUESTS: Final = mark("Requests from authorities")

FORMS: Final = (
    _below("message", CASE, "messages", MESSAGE),
    _below("note", CASE, "notes", NOTE),
    _here("stage", f"{CASE}/stage", STANDS),
    DraftForm("returning", f"{CASE}/returning", f"{CASE}/stage", STANDS),
    _here("closing", f"{CASE}/closing", mark("Close the case")),
    *(
        _below(f"closing_{last.replace('-', '_')}", f"{CASE}/closing", last, mark("Close the case"))
        for last in ("decision", "sending-back")
    ),
    _here("voiding", f"{CASE}/voiding", mark("Opened in error")),
    _below("voiding_sending_back", f"{CASE}/voiding", "sending-back", mark("Opened in error")),
    _here("reopening", f"{CASE}/reopening", mark("Open the case again")),
    _here("advice", f"{CASE}/advice/new", ADVICE),
    _here("advice_text", f"{CASE}/advice/{{id}}/text", ADVICE),
    *(
        _below(f"advice_{last}", f"{CASE}/advice/{{id}}", last, ADVICE)
        for last in ("translations", "review", "decision", "withdrawal")
    ),
    _here("track", f"{CASE}/tracks", TRACKS),
    *(
        _below(f"track_{last.replace('-', '_')}", f"{CASE}/tracks/{{id}}", last, TRACKS)
        for last in ("steps", "taking-back", "remedies", "checks")
    ),
    _here("hearings", f"{CASE}/tracks/{{id}}/hearings", HEARINGS),
    _here("hearing_end", f"{CASE}/hearings/{{id}}", HEARINGS),
    _here("urgency", f"{CASE}/urgency", mark("Urgency")),
    _here("language", f"{CASE}/language", mark("Language and interpreter")),
    _here("consents", f"{CASE}/consents", mark("What the person agrees to")),
    _here("harms", f"{CASE}/harms", HARMS),
    _here("one_harm", f"{CASE}/harms/{{place}}", HARMS),
    _below("harm_removal", f"{CASE}/harms/{{place}}", "removal", HARMS),
    _here("limits", f"{CASE}/limits", DEADLINE),
    _here("period", f"{CASE}/period", DEADLINE),
    *(
        _below(f"deadline_{last}", f"{CASE}/deadlines/{{id}}", last, DEADLINE)
        for last in ("counting", "meeting", "missing", "waiving")
    ),
    _here("taking_back", f"{CASE}/taking-back/{{id}}", mark("What was noted by mistake")),
    _here("party", f"{CASE}/people", PEOPLE),
    _here("one_party", f"{CASE}/people/{{id}}/details", PEOPLE),
    _here("competence", f"{CASE}/competence", mark("Who is competent")),
    _here("referral", f"{CASE}/referrals", REFERRAL),
    *(
        _below(f"referral_{last.replace('-', '_')}", f"{CASE}/referrals/{{id}}", last, REFERRAL)
        for last in ("draft", "consent", "answer", "following-up")
    ),
    _below("letter", f"{CASE}/letters/{{id}}", "text", LETTER),
    *(_below(f"dossier_{last}", f"{CASE}/dossiers/{{id}}", last, DOSSIER) for last in ("text", "consent")),
    _here("document", f"{CASE}/documents", DOCUMENTS),
    DraftForm(
        "document_voiding",
        f"{CASE}/documents/{{place}}/voiding",
        f"{CASE}/documents/{{place}}",
        DOCUMENTS,
    ),
    _below("transcript", f"{CASE}/files/{{id}}", "transcript", NOTE),
    _here("duty", f"{CASE}/duty", DUTY),
    _here("needs", f"{CASE}/needs/text", mark("Needs assessment")),
    _here("bias", f"{CASE}/bias/text", mark("Indicators of bias")),
    _here("proof", f"{CASE}/proof", INDICATIONS),
    _here("harm", f"{CASE}/proof/{{place}}/harm", INDICATIONS),
    _here("indication", f"{CASE}/proof/{{place}}/indications/{{name}}", INDICATIONS),
    _here("screening", f"{CASE}/mediation", MEDIATION),
    *(
        DraftForm(f"mediation_{code}", f"{CASE}/mediation/{{id}}/{last}", f"{CASE}/mediation", MEDIATION)
        for code, last in (
            ("offer", "offer"),
            ("extract", "handing-over"),
            ("step", "steps"),
            ("back", "taking-back"),
        )
    ),
    _below("wall", f"{CASE}/wall", "down", mark("Against the city")),
    _here("safe_contact", f"{CASE}/safe-contact", mark("Safe contact")),
    DraftForm(
        "attendance", f"{CASE}/appointments/{{id}}/correcting", f"{CASE}/appointments", mark("Appointments")
    ),
    _here("task", f"{CASE}/tasks", TASKS),
    _here("task_changing", f"{CASE}/tasks/{{id}}", TASKS),
    DraftForm("next_action", f"{CASE}/next-action", f"{CASE}/tasks", TASKS),
    _below("settling", "inbox/{number}", "settling", mark("Settle it without a case")),
    _below("signing", "authority-requests/{name}", "signing", REQUESTS),
    _here("body", "referrals/bodies/{name}", mark("Bodies and associations")),
)
"""Every form that keeps drafts; a test compares the list with the pages.

Forms about one match, one translation or one decision among several on the same address are not here: what
was written about one must not come back beside another. Nor are those of a mediator, of a pattern and of
closures looked at again: no case number says who may open them. Nor what somebody is, and why a supervisor
reads it: a draft would lie under another key than theirs, and stay when they want it destroyed.
Nor how to reach somebody: it opens only with a reason.
"""


def place_at(path: str) -> Place | None:
    """Return the place of an address below the language, or None if no draft is kept there."""
    if len(path) > LONGEST_PLACE:
        return None
    for form in FORMS:
        found = form.pattern.fullmatch(path)
        if found:
            given = found.groupdict()
            page = form.page
            for name, value in given.items():
                page = page.replace(f"{{{name}}}", value)
            return Place(path, page, form, given.get("number"))
    return None


def below_language(path: str) -> str:
    """Return an address of the desk without the language in front."""
    return path.lstrip("/").partition("/")[2]
