"""The timeline in words. An event no sentence is known for is shown by its kind, never left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from casework.advice.rules import DECISIONS
from casework.assessing.rules import SHEETS
from casework.authority_requests.rules import ANSWERS, AUTHORITIES
from casework.mediation import rules as mediation
from casework.merges import rules as merges
from casework.merges.wording import OTHERS, other_in_words
from casework.patterns.rules import ANSWERS as OF_PATTERNS
from casework.queues.rules import QUEUES
from casework.referrals import rules as referrals
from casework.referrals.bodies import body_name
from casework.referrals.wording import items_named
from casework.safe_contact.rules import RULES, WAYS
from casework.staff.rules import Permission
from casework.supervision.rules import FOUND
from casework.tasks import rules as tasks
from casework.timeline.queries import Entry
from casework.tracks.remedies import COMPLIED
from casework.tracks.rules import KINDS, RESULTS, STEPS
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

SENTENCES: Final = {
    "report_read": mark("opened the report"),
    "report_taken_up": mark("took the report up as a case"),
    "report_not_taken_up": mark("settled the report without a case"),
    "case_opened": mark("opened the case and made its key"),
    "case_read": mark("read the case"),
    "case_printed": mark("opened the case to print it"),
    "contact_read": mark("opened the contact"),
    "case_coded": mark("coded the case"),
    "stage_changed": mark("moved the case on"),
    "state_told": mark("told the person where it stands"),
    "message_written": mark("wrote to the person"),
    "messages_read": mark("opened new messages of the person"),
    "feedback_read": mark("opened what the person said at the end"),
    "note_written": mark("wrote a note"),
    "consent_changed": mark("applied a change of consent"),
    "case_closed": mark("closed the case"),
    "case_reopened": mark("opened the case again"),
    "receipt_key_changed": mark("took over the person's new receipt key"),
    "receipt_key_refused": mark("set aside a new receipt key: the old one had not named it"),
    "receipt_reissued": mark("issued the receipt again"),
    "case_reassigned": mark("gave the case to another adviser; a new key was made"),
    "case_passed_on": mark("gave the case to another adviser, because the one before left"),
    "case_key_renewed": mark("made a new key of the case, because somebody does not hold it any more"),
    "file_viewed": mark("looked at a file"),
    "file_played": mark("played a file"),
    "file_downloaded": mark("downloaded the original of a file"),
    "file_damaged": mark("found a file incomplete or altered"),
    "reports_compared": mark("had reports compared for the same event"),
    "incident_joined": mark("added it to an incident"),
    "incident_left": mark("took it out of an incident"),
    "incident_read": mark("looked at an incident"),
    "case_linked": mark("confirmed that it belongs to another report"),
    "link_declined": mark("declined that it belongs to another report"),
    "link_removed": mark("took back that it belongs to another report"),
    "limits_scanned": mark("went through the limits that may run"),
    "deadline_recounted": mark("counted a deadline anew"),
    "deadline_confirmed": mark("confirmed the day of a deadline"),
    "deadline_met": mark("noted that a deadline was met"),
    "deadline_missed": mark("noted that a deadline was missed"),
    "deadline_waived": mark("noted that nobody will act on a deadline"),
    "calendar_made": mark("made a private address of their deadlines"),
    "calendar_ended": mark("ended the private address of their deadlines"),
    "calendar_read": mark("read their deadlines in a calendar, for the first time that day"),
    "lawyer_named": mark("said who may confirm days"),
    "lawyer_unnamed": mark("said who confirms no more days"),
    "party_added": mark("added somebody to the case"),
    "party_removed": mark("took somebody out of the case"),
    "names_compared": mark("had a name compared with those of other cases"),
    "conflict_found": mark("found a name that is on the other side of another case"),
    "conflict_decided": mark("decided about a conflict of interest"),
    "interest_declared": mark("declared an interest in the case"),
    "kept_out": mark("noted that somebody keeps out of the case"),
    "advice_written": mark("wrote a text of advice"),
    "advice_sent_back": mark("sent advice back to its author"),
    "advice_reviewed": mark("reviewed advice"),
    "advice_translated": mark("added a translation of advice"),
    "translation_checked": mark("noted that a translation of advice was checked"),
    "advice_delivered": mark("delivered advice to the person"),
    "advice_decided": mark("noted what the person decided"),
    "advice_withdrawn": mark("withdrew advice"),
    "track_opened": mark("opened a track"),
    "track_step": mark("noted a step of a track"),
    "remedy_added": mark("noted a remedy"),
    "remedy_checked": mark("looked whether a remedy was complied with"),
    **mediation.EVENTS,
    "duty_decided": mark("decided about a duty to report"),
    "duty_read": mark("read a decision about a duty to report as the second person"),
    "referral_drafted": mark("drafted a referral"),
    "referral_consented": mark("noted what the person consented to in a referral"),
    "referral_sent": mark("handed over a referral"),
    "referral_printed": mark("opened the pack of a referral to print it"),
    "referral_opened": mark("opened the pack of a referral"),
    "referral_answered": mark("answered a referral, or noted the answer"),
    "referral_followed_up": mark("noted what was done about a referral that came back"),
    "referral_revoked": mark("ended a referral, because the person took their consent back"),
    "body_noted": mark("noted what is known of a body"),
    "task_made": mark("made a task"),
    "task_done": mark("noted that a task is done"),
    "task_dropped": mark("dropped a task"),
    "next_action_set": mark("said who acts next"),
    "safe_contact_set": mark("noted how the person is reached"),
    "sheet_written": mark("wrote a version of a sheet"),
    "pattern_asked": mark("asked the advisers of a pattern"),
    "pattern_answered": mark("answered whether the case is shown with others of a pattern"),
    "pattern_read": mark("looked at the cases of a pattern"),
    "litigation_proposed": mark("proposed strategic litigation with the cases of a pattern"),
    "litigation_decided": mark("decided about a proposal of strategic litigation"),
    "case_merged": mark("had it read together with another case"),
    "merge_undone": mark("parted it again from a case it was read with"),
    "addition_placed": mark("said to which of two cases an addition belongs"),
    "names_searched": mark("searched for a name among the cases they may open"),
    "cases_searched": mark("searched among the cases they may open"),
    "closures_drawn": mark("drew the closures of a month that are looked at again"),
    "closure_reviewed": mark("looked at a closure again"),
    "traces_read": mark("asked who opened what"),
    "door_refused": mark("asked for something that was not there for them"),
    "list_read": mark("looked at a list"),
    "list_exported": mark("exported a list"),
    "view_kept": mark("kept a view of the list of cases"),
    "view_removed": mark("removed a view of the list of cases"),
    "absence_noted": mark("noted who is away and who covers"),
    "absence_ended": mark("ended an absence"),
    "equality_read": mark("looked at whom the office reaches"),
    "timeline_read": mark("read the timeline"),
    "staff_read": mark("looked at staff and keys"),
    "relays_read": mark("looked at who may file for others"),
    "relay_made": mark("gave an access to file for others"),
    "relay_ended": mark("ended an access to file for others"),
    "authority_request_entered": mark("entered a request from an authority"),
    "authority_request_read": mark("looked at a request from an authority"),
    "authority_answer_signed": mark("signed the answer to a request from an authority"),
    "keys_begun": mark("began the office's keys"),
    "staff_invited": mark("invited a member of staff"),
    "invitation_accepted": mark("used their invitation"),
    "signed_in": mark("signed in"),
    "key_granted": mark("gave a key"),
    "key_revoked": mark("took a key back"),
    "holder_left": mark("ended somebody's access"),
    "key_rotated": mark("renewed a key"),
    "escrow_opened": mark("opened the escrow"),
    "escrow_renewed": mark("renewed the escrow"),
}

LISTS: Final = {
    "reason": "closure",
    "outcome": "outcomes",
    "responses": "responses",
    "stage": "stages",
    "state": "states",
    "given": "consents",
    "withdrawn": "consents",
    "grounds": "grounds",
    "conduct": "conduct",
    "area": "areas",
    "respondent": "respondents",
    "district": "districts",
    "channel": "channels",
    "route": "routes",
    "routes": "routes",
    "remedy": "remedies",
}
"""Which list the codes of a detail belong to."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "authority": AUTHORITIES,
    "answer": ANSWERS,
    "decided": DECISIONS,
    "track_kind": KINDS,
    "step": STEPS,
    "mediation_step": mediation.STEPS,
    "result": RESULTS,
    "complied": COMPLIED,
    "answered": {**referrals.STATES, **OF_PATTERNS},
    "way": {**referrals.WAYS, **WAYS},
    "task": tasks.KINDS,
    "actor": tasks.ACTORS,
    "rule": RULES,
    "sheet": SHEETS,
    "reviewed": FOUND,
    "added": merges.ADDED,
}
"""Codes of a detail that belong to no list of the vocabulary, with their words."""

LOOKED_AT: Final = {
    "inbox": mark("the inbox"),
    "promises": mark("the late promises"),
    "giving": mark("cases that are to change hands"),
    "covered": mark("the days of cases of somebody who is away"),
    "workload": mark("the workload"),
    "absences": mark("who is away"),
    "deadlines mine": mark("the deadlines of their own cases"),
    "deadlines all": mark("the deadlines of all cases they may open"),
    "tasks": mark("their own tasks"),
    "feedback": mark("what people said at the end"),
    "incidents": mark("the incidents"),
    "authority_requests": mark("the requests from authorities"),
    "authority_requests year": mark("the year's count of requests from authorities"),
    "conflicts": mark("the conflicts of interest"),
    "cases mine": mark("their own cases"),
    "cases all": mark("all cases they may open"),
    "referrals mine": mark("the referrals of their own cases"),
    "referrals all": mark("the referrals of all cases they may open"),
    "patterns": mark("the patterns"),
    "drafts": mark("their own drafts"),
    "supervision": mark("how the team is doing"),
    "mediations": mark("the mediations they mediate"),
}
"""The lists of the desk, by what an event tells of them."""

OPERATOR: Final = mark("The operator")
BY_THE_BODY: Final = mark("The body it was referred to")
LATER_PAGE: Final = mark("a later page")
CORRECTS: Final = mark("This entry corrects another:")
NONE_APPLIES: Final = mark("none applies")
OVER_TRACKS: Final = mark("although these tracks were open: %(tracks)s")
OVER_MEDIATION: Final = mark("although a mediation was open: %(state)s")
OVER_TASKS: Final = mark("although these tasks were open: %(tasks)s")
DROPPED_TASKS: Final = mark("open tasks by this way were dropped")
OVER_DEADLINES: Final = mark("although these deadlines were open: %(routes)s")


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words: who, what, and the codes that belong to it."""

    seq: int
    at: datetime
    kind: str
    who: str
    sentence: str
    about: str


def told(entry: Entry, view: "View", *, only: Collection[str] | None = None) -> Told:
    """Return an event as it is read in the language of the page; `only` these details of it, if given."""
    sentence = SENTENCES.get(entry.kind)
    nobody = BY_THE_BODY if entry.kind.startswith("referral_") else OPERATOR
    who = entry.who or view.text(nobody)
    detail = dict(entry.detail)
    if entry.kind == "stage_changed":
        detail = {"stage": [detail.get("was", ""), detail.get("now", "")]}
    if entry.kind in ("list_read", "list_exported"):
        detail = {"looked_at": _list(detail, view)}
    if only is not None:
        detail = {name: value for name, value in detail.items() if name in only}
    about = [part for name, value in detail.items() if (part := _part(name, value, entry.kind, view))]
    at = entry.at.astimezone(view.act.zone)
    return Told(
        entry.seq, at, entry.kind, who, view.text(sentence) if sentence else entry.kind, "; ".join(about)
    )


def _list(detail: dict[str, object], view: "View") -> str:
    queue = QUEUES.get(str(detail.get("which", ""))) if detail.get("list") == "cases" else None
    parts = ("list", "whose") if queue else ("list", "whose", "which")
    name = " ".join(str(detail[part]) for part in parts if part in detail)
    page = view.text(LATER_PAGE) if detail.get("page") == "later" else ""
    rows = detail.get("rows")
    number = rows if isinstance(rows, int) else 0
    lines = view.language.ngettext("%(num)s line", "%(num)s lines", number)
    told = view.text(LOOKED_AT.get(name, name)) + (f" ({view.text(queue)})" if queue else "")
    return ", ".join(part for part in (told, page, lines) if part)


def _part(name: str, value: object, kind: str, view: "View") -> str:
    if name == "looked_at":
        return str(value)
    if name == "report":
        return view.shown(str(value))
    if name in OTHERS:
        return other_in_words(name, str(value), view)
    if name == "entry":
        return str(value)
    if name == "corrects":
        return f"{view.text(CORRECTS)} {value}"
    if name in WORDS:
        return view.text(WORDS[name].get(str(value), str(value)))
    if name == "body":
        return body_name(view.session, view.act.city, str(value), view.language.tag)
    if name == "items" and isinstance(value, list):
        return items_named([str(code) for code in value], view.language)
    if name == "file":
        return str(value)[:8]
    if name == "subject" and kind == "kept_out" and not view.act.who.may(Permission.SUPERVISE):
        return ""  # who works on the other side is not told to the adviser of this one
    if name in ("subject", "to", "assigned_to", "cover"):
        return view.name_of(str(value))
    if name == "keys" and isinstance(value, list):
        return ", ".join(str(key) for key in value)
    if name == "reason" and kind in ("contact_read", "case_reassigned", "case_reopened", "receipt_reissued"):
        return view.reason(str(value), kind)
    if name == "last_on":
        return view.language.short_date(date.fromisoformat(str(value)))
    if name == "over_deadlines" and isinstance(value, list):
        return view.text(OVER_DEADLINES, routes=_labels("routes", [str(code) for code in value], view))
    if name == "over_tracks" and isinstance(value, list):
        kinds = [view.text(KINDS[str(code)]) for code in value]
        return view.text(OVER_TRACKS, tracks=view.language.listed(kinds))
    if name == "over_mediation":
        return view.text(OVER_MEDIATION, state=view.text(mediation.STATES[str(value)]))
    if name == "over_tasks" and isinstance(value, list):
        undone = view.language.listed([view.text(tasks.KINDS.get(str(code), str(code))) for code in value])
        return view.text(OVER_TASKS, tasks=undone)
    if name == "dropped_tasks":
        return view.text(DROPPED_TASKS)
    if name == "none_applies":
        return view.text(NONE_APPLIES)
    if name not in LISTS:
        return ""
    if kind in ("case_coded", "stage_changed") and isinstance(value, list):
        was, now = (_labels(name, str(codes).split(), view) for codes in value)
        return f"{was} → {now}"
    codes = value if isinstance(value, list) else [value]
    return _labels(name, [str(code) for code in codes], view)


def _labels(name: str, codes: list[str], view: "View") -> str:
    return view.language.listed([view.label(LISTS[name], code) for code in codes]) or "–"
