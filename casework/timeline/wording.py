"""The timeline in words. An event no sentence is known for is shown by its kind, never left out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from casework.advice.rules import DECISIONS
from casework.appointments import rules as appointments
from casework.assessing.rules import SHEETS
from casework.authority_requests.rules import ANSWERS, AUTHORITIES
from casework.competence import rules as competence
from casework.corrections.rules import HOW, SAID_BY
from casework.dossiers.rules import TO as DOSSIERS_TO
from casework.harms import rules as harms
from casework.hearings import rules as hearings
from casework.letters.rules import PAPERS, VIAS
from casework.letters.shelf import called as letter_called
from casework.mediation import rules as mediation
from casework.merges import rules as merges
from casework.merges.wording import OTHERS, other_in_words
from casework.patterns import litigation_rules as litigation
from casework.patterns.rules import ANSWERS as OF_PATTERNS
from casework.queues.rules import QUEUES
from casework.referrals import rules as referrals
from casework.referrals.bodies import body_name
from casework.referrals.wording import items_named
from casework.safe_contact.rules import RULES, WAYS
from casework.staff.rules import Permission
from casework.states.rules import SHORT
from casework.states.void_rules import REASONS as VOID_REASONS
from casework.supervision.rules import FOUND
from casework.taking_back.rules import ENDED_AS
from casework.tasks import rules as tasks
from casework.timeline.actions import BY_PROGRAM
from casework.timeline.queries import Entry
from casework.timeline.sentences import SENTENCES
from casework.tracks.outcomes import SAID
from casework.tracks.remedies import COMPLIED
from casework.tracks.rules import KINDS, RESULTS, STEPS
from casework.walls import rules as walls
from office.languages import mark

if TYPE_CHECKING:
    from casework.showing import View

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
    "urgency": "urgency",
    "reads_in": "languages",
}
"""Which list the codes of a detail belong to."""

WORDS: Final[dict[str, dict[str, str]]] = {
    "authority": AUTHORITIES,
    "answer": ANSWERS,
    "decided": DECISIONS,
    "track_kind": KINDS,
    "step": {**litigation.STATES, **STEPS},
    "mediation_step": mediation.STEPS,
    "result": RESULTS,
    "complied": COMPLIED,
    "answered": {**referrals.STATES, **OF_PATTERNS},
    "way": {**referrals.WAYS, **WAYS},
    "via": VIAS,
    "dossier": DOSSIERS_TO,
    "paper": PAPERS,
    "task": tasks.KINDS,
    "ended_as": ENDED_AS,
    "actor": tasks.ACTORS,
    "rule": RULES,
    "sheet": SHEETS,
    "reviewed": FOUND,
    "added": merges.ADDED,
    "cause": walls.CAUSES,
    "competent": competence.BODIES,
    "works": walls.WORKS,
    "meeting": appointments.WAYS,
    "corrected_to": appointments.STATES,
    "part": harms.PARTS,
    "hearing_kind": hearings.KINDS,
    "interpreter": appointments.INTERPRETERS,
    "void_reason": VOID_REASONS,
    "voice": litigation.VOICES,
    "noted_how": HOW,
    "said_by": SAID_BY,
}
"""Codes of a detail that belong to no list of the vocabulary, with their words."""

LOOKED_AT: Final = {
    "inbox": mark("the inbox"),
    "promises": mark("the late promises"),
    "taking_up": mark("reports that are to become cases"),
    "giving": mark("cases that are to change hands"),
    "covered": mark("the days of cases of somebody who is away"),
    "workload": mark("the workload"),
    "absences": mark("who is away"),
    "deadlines mine": mark("the deadlines of their own cases"),
    "deadlines all": mark("the deadlines of all cases they may open"),
    "tasks": mark("their own tasks"),
    "tasks mine": mark("their own tasks"),
    "tasks all": mark("the tasks of all cases they may open"),
    "agenda": mark("their own agenda"),
    "agenda team": mark("the agenda of the team"),
    "clinics": mark("the mobile clinics"),
    "clinic": mark("the day of a mobile clinic"),
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
    "walls": mark("the walls against the city"),
    "services": mark("who belongs to which service of the city"),
    "closings": mark("the closings the head agrees to"),
}
"""The lists of the desk, by what an event tells of them."""

WITH_REASON: Final = (
    "contact_read",
    "receipt_reissued",
    "case_reassigned",
    "case_reopened",
    "case_given_back",
)
"""Events whose reason stands in a list of the desk and not in the vocabulary."""

CHANGES: Final = ("case_coded", "harm_changed", "stage_changed", "urgency_set", "language_set")
"""Events that tell codes before and after."""

OPERATOR: Final = mark("The operator")
BY_THE_BODY: Final = mark("The body it was referred to")
WITH_A_PROGRAM: Final = mark("%(name)s (with a program)")
LATER_PAGE: Final = mark("a later page")
CORRECTS: Final = mark("This entry corrects another:")
NONE_APPLIES: Final = mark("none applies")
LOST: Final = mark("cannot open it any more: %(names)s")
OVER_TRACKS: Final = mark("although these tracks were open: %(tracks)s")
ENDS_SAID: Final = mark("how tracks ended: %(tracks)s")
OVER_MEDIATION: Final = mark("although a mediation was open: %(state)s")
OVER_TASKS: Final = mark("although these tasks were open: %(tasks)s")
OVER_REFERRALS: Final = mark("although these referrals still waited: %(bodies)s")
THE_HARM: Final = mark("harm %(number)s")
THE_DOCUMENT: Final = mark("document %(number)s")
WAS_ON: Final = mark("it was %(day)s")
ASKED_BY: Final = mark("as %(name)s had asked")
WITHOUT: Final = mark("with a reason in a note, for this was missing: %(what)s")
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
    if detail.pop(BY_PROGRAM, False):
        who = view.text(WITH_A_PROGRAM, name=who)
    if entry.kind == "stage_changed":
        detail["stage"] = [detail.pop("was", ""), detail.pop("now", "")]
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
    parts = ("list", "whose") if "whose" in detail else ("list", "which")
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
    if name == "harm":
        return view.text(THE_HARM, number=view.language.number(int(str(value))))
    if name == "document":
        return view.text(THE_DOCUMENT, number=view.language.number(int(str(value))))
    if name == "entry":
        return str(value)
    if name == "corrects":
        return f"{view.text(CORRECTS)} {value}"
    if name in WORDS:
        return view.text(WORDS[name].get(str(value), str(value)))
    if name == "body":
        return body_name(view.session, view.act.city, str(value), view.language.tag)
    if name == "service":
        named = {one.code: one.label_in(view.language.tag) for one in view.act.city.services}
        return named.get(str(value), "")
    if name == "lost" and kind in ("wall_risen", "wall_service", "wall_down") and isinstance(value, list):
        names = [view.name_of(str(one)) for one in value]
        return view.text(LOST, names=view.language.listed(names)) if names else ""
    if name == "items" and isinstance(value, list):
        return items_named([str(code) for code in value], view.language)
    if name == "file":
        return str(value)[:8]
    if (
        name == "subject"
        and kind in ("kept_out", "kept_out_further", "kept_out_ended", "keeping_out_ended")
        and not view.act.who.may(Permission.SUPERVISE)
    ):
        return ""  # who works on the other side is not told to the adviser of this one
    if name in ("subject", "to", "assigned_to", "cover"):
        return view.name_of(str(value))
    if name == "keys" and isinstance(value, list):
        return ", ".join(str(key) for key in value)
    if name == "reason" and kind in WITH_REASON:
        return view.reason(str(value), kind)
    if name == "letter":
        return letter_called(view.desk.home, str(value), view.language.tag)
    if name in ("last_on", "sent_on", "said_on"):
        return view.language.short_date(date.fromisoformat(str(value)))
    if name == "was_on":
        return view.text(WAS_ON, day=view.language.short_date(date.fromisoformat(str(value))))
    if name == "over_deadlines" and isinstance(value, list):
        return view.text(OVER_DEADLINES, routes=_labels("routes", [str(code) for code in value], view))
    if name == "over_tracks" and isinstance(value, list):
        kinds = [view.text(KINDS[str(code)]) for code in value]
        return view.text(OVER_TRACKS, tracks=view.language.listed(kinds))
    if name == "tracks_ended" and isinstance(value, list):
        return view.text(ENDS_SAID, tracks=view.language.listed([_end_said(str(one), view) for one in value]))
    if name == "over_mediation":
        return view.text(OVER_MEDIATION, state=view.text(mediation.STATES[str(value)]))
    if name == "over_tasks" and isinstance(value, list):
        undone = view.language.listed([view.text(tasks.KINDS.get(str(code), str(code))) for code in value])
        return view.text(OVER_TASKS, tasks=undone)
    if name == "over_referrals" and isinstance(value, list):
        bodies = [body_name(view.session, view.act.city, str(code), view.language.tag) for code in value]
        return view.text(OVER_REFERRALS, bodies=view.language.listed(bodies))
    if name == "asked_by":
        return view.text(ASKED_BY, name=view.name_of(str(value)))
    if name == "without" and isinstance(value, list):
        lacked = [view.text(SHORT[str(code)]) for code in value]
        return view.text(WITHOUT, what=view.language.listed(lacked))
    if name == "dropped_tasks":
        return view.text(DROPPED_TASKS)
    if name == "none_applies":
        return view.text(NONE_APPLIES)
    if name not in LISTS:
        return ""
    if kind in CHANGES and isinstance(value, list):
        was, now = (_labels(name, str(codes).split(), view) for codes in value)
        return f"{was} → {now}"
    codes = value if isinstance(value, list) else [value]
    return _labels(name, [str(code) for code in codes], view)


def _end_said(said: str, view: "View") -> str:
    kind, _, end = said.partition(" ")
    return f"{view.text(KINDS[kind])}: {view.text(SAID[end])}"


def _labels(name: str, codes: list[str], view: "View") -> str:
    return view.language.listed([view.label(LISTS[name], code) for code in codes]) or "–"
