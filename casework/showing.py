"""How a page of the desk is shown: in the language of its address, with the way around above it."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.acts import Act
from casework.attachments.rules import way_of
from casework.authority_requests.queries import waiting_total as waiting_requests
from casework.cases.queries import unread_total
from casework.cases.reasons import FOR_ANOTHER_ADVISER, FOR_REOPENING, FOR_THE_CONTACT
from casework.conflicts.queries import waiting_total as conflicts_total
from casework.deadlines.queries import pressing
from casework.deadlines.wording import span
from casework.desk import Desk
from casework.doors import ActDep, DeskDep, LanguageDep
from casework.drafts.keeping import forget_draft
from casework.drafts.places import below_language, place_at
from casework.drafts.restoring import PageDrafts, drafts_of_page
from casework.drafts.rules import KEPT_DAYS
from casework.inbox.queries import waiting_total
from casework.incidents.rules import DIFFERS, WORDS, Agreement
from casework.mediation.mediators import is_mediator
from casework.mediation.queries import waiting_for
from casework.patterns.queries import waiting_total as patterns_total
from casework.promises.queries import late_counts
from casework.receipts.rules import PROOFS
from casework.referrals.queries import pressing_referrals
from casework.staff.rules import Permission
from casework.tasks.queries import due_total
from casework.transactions import SessionDep
from office.clock import day_in
from office.ids import shown
from office.languages import Language, mark
from office.sealing.public_keys import REPORT_KEYS
from office.stores.keyroom import Staff

REASONS: Final[dict[str, dict[str, str]]] = {
    "case_reassigned": FOR_ANOTHER_ADVISER,
    "case_reopened": FOR_REOPENING,
    "receipt_reissued": PROOFS,
}
"""Lists of reasons that are not those for the contact, by the kind of event."""
DONE: Final = {
    "taken_up": mark("The report is a case now. The person has been told."),
    "not_taken_up": mark("The report is settled without a case. The person has been told."),
    "coded": mark("The codes are saved."),
    "told": mark("The person has been told. They see it with their receipt."),
    "sent": mark("Your message is on its way. The person reads it with their receipt."),
    "joined": mark("They are counted as one incident now. Each person still sees only their own report."),
    "taken_up_together": mark("Those that ask for advice are cases now. The people have been told."),
    "parted": mark("It is taken out of the incident."),
    "linked": mark("The link is kept. Each person still sees only their own report."),
    "declined": mark("It is noted that the two do not belong together."),
    "unlinked": mark("The link is taken back."),
    "noted": mark("Your note is kept. Only the office reads it."),
    "draft_kept": mark("The draft is kept. Nothing was sent."),
    "draft_gone": mark("The draft is thrown away."),
    "party_added": mark("They are added, and the name was compared."),
    "party_removed": mark("They are taken out of the case."),
    "conflict_decided": mark("The decision is kept."),
    "advice_kept": mark("The text is kept. Somebody else who holds the case must review it."),
    "advice_sent_back": mark("It is sent back with your words."),
    "advice_reviewed": mark("It is reviewed, with your name beside it."),
    "advice_translated": mark("The translation is kept beside the original."),
    "translation_checked": mark("It is noted that the translation was checked."),
    "advice_delivered": mark("The delivery is kept. The person decides."),
    "advice_decided": mark("What the person decided is kept."),
    "advice_withdrawn": mark("The advice is withdrawn. Everything stays on record."),
    "mediation_step": mark("The step is noted."),
    "mediation_taken_back": mark("The step is taken back. It stays on record."),
    "mediation_ended": mark("It is noted how the mediation ended."),
    "mediator_noted": mark("The note is kept. Only you can read it."),
    "mediator_named": mark("This person may mediate now, in cases they never had."),
    "mediator_unnamed": mark("This person mediates no more. Their mediations are shut to them."),
    "duty_decided": mark("The decision is kept. Somebody else must read it."),
    "duty_read": mark("Your reading is kept, with your name beside it."),
    "sheet_kept": mark("It is kept as a new version, with your name and today's date."),
    "indication_removed": mark("It is off the sheet. The versions before keep it."),
    "needs_kept": mark("The assessment is kept, and to make it again is a task of yours."),
    "pattern_asked": mark("The adviser of each case is asked."),
    "pattern_answered": mark("Your answer is kept. You can change it."),
    "litigation_proposed": mark("The proposal is kept. A supervisor decides about it."),
    "litigation_decided": mark("The decision about the proposal is kept."),
    "interest_declared": mark("It is declared. A supervisor sees it at once."),
    "track_opened": mark("The track is open."),
    "track_step": mark("The step is noted."),
    "step_taken_back": mark("The step is taken back. It stays on record."),
    "remedy_added": mark("The remedy is noted, with the day on which somebody looks again."),
    "remedy_checked": mark("It is noted how the remedy was complied with."),
    "referral_drafted": mark("The draft is kept. Nothing has left the office: now ask the person."),
    "referral_consented": mark("The consent is kept. Only what the person agreed to can be handed over."),
    "referral_sent": mark("It is noted as handed over."),
    "referral_answered": mark("The answer is kept."),
    "referral_followed_up": mark("It is kept what was done about it."),
    "referral_revoked": mark("It is ended. The address opens nothing any more, and its pack is deleted."),
    "body_noted": mark("It is kept, with your name and today's date."),
    "task_made": mark("The task is kept."),
    "task_done": mark("The task is done."),
    "task_dropped": mark("The task is dropped."),
    "next_action_set": mark("It is kept who acts next."),
    "safe_contact_set": mark("It is kept how the person is reached."),
    "tasks_ended": mark("It is kept how the person is reached. Open tasks by this way were dropped."),
    "closures_drawn": mark("The closures are drawn. Look at each with the eyes of the person."),
    "closure_reviewed": mark("It is kept what you found. What is to be mended is a task of the case now."),
    "merged": mark("The two are read together now. Each person still sees only their own thread."),
    "merge_undone": mark("The two stand by themselves again, with everything where you placed it."),
    "closed": mark("The case is closed. The person has been told."),
    "reopened": mark("The case is open again. The person has been told."),
    "assigned": mark("The case has changed hands. A new key was made for it."),
    "all_assigned": mark("The cases have changed hands. A new key was made for each."),
    "all_assigned_told": mark("The cases have changed hands, and the people who can read it are told."),
    "view_kept": mark("The view is kept. Only you see it."),
    "view_removed": mark("The view is removed."),
    "absence_noted": mark("The absence is noted. The cover sees the days of these cases in that time."),
    "absence_ended": mark("The absence is ended."),
    "limits_scanned": mark("What runs is saved. No day is certain before a lawyer confirms it."),
    "deadline_confirmed": mark("The day is confirmed, with your name beside it."),
    "deadline_recounted": mark("It is counted anew. The older counting stays on record."),
    "deadline_settled": mark("It is noted how the deadline ended."),
    "lawyer_named": mark("This person may confirm days now."),
    "lawyer_unnamed": mark("This person confirms no more days. Those confirmed before keep their name."),
    "calendar_ended": mark("The address is ended. Nothing lies there any more."),
    "invited": mark("The invitation is made. Hand it over in person."),
    "granted": mark("The key was given."),
    "revoked": mark("The key was taken back."),
    "left": mark("This person can no longer sign in."),
    "request_entered": mark(
        "The request is entered. Do not answer it yourself: give what came to the data protection officer."
    ),
    "answer_signed": mark("The answer is signed. It stays as it is from now on."),
    "relay_ended": mark("The access is ended. It opens nothing from the courier's next round on."),
}
"""What was just done, by the short word that the address carries after it."""


@dataclass(frozen=True, slots=True)
class View:
    """One page about to be shown to somebody who is signed in."""

    request: Request
    language: Language
    desk: Desk
    act: Act
    session: Session

    def render(self, name: str, status: int = 200, **context: Any) -> Response:
        """Return the page of a template, with the reader's drafts in its forms."""
        drafts = self.drafts()
        if drafts.here:
            context["given"] = drafts.into(context.get("given", {}))
        return self.desk.pages.render(
            self.request,
            name,
            self.language,
            status,
            **common(self.desk, self.language),
            navigation=self._navigation(drafts.total),
            drafts=drafts,
            kept_days=KEPT_DAYS,
            person=self.act.who,
            done=self._done(),
            today=self.act.on,
            is_form_shut=not self.act.keys.has_active(*REPORT_KEYS),
            **context,
        )

    def drafts(self) -> PageDrafts:
        """Return the reader's drafts of this page."""
        return drafts_of_page(self.session, self.act, self.request)

    def path(self, rest: str) -> str:
        """Return the address of a page of the desk in this language."""
        return f"/{self.language.tag}/{rest}"

    def go(self, rest: str, done: str = "") -> Response:
        """Go on to another page, which tells what was done; the draft of what was sent is deleted."""
        sent = place_at(below_language(self.request.url.path)) if self.request.method == "POST" else None
        if sent:
            forget_draft(self.session, self.act.who.id, sent.path)
        joint = "&" if "?" in rest else "?"
        return RedirectResponse(self.path(rest) + (f"{joint}done={done}" if done else ""), 303)

    def text(self, sentence: str, **values: object) -> str:
        """Return a sentence in this language."""
        return self.language.gettext(sentence, **values)

    def label(self, name: str, code: str | None) -> str:
        """Return the label of a code in this language."""
        return self.desk.lists.label(name, code, self.language.tag)

    def shown(self, case_number: str) -> str:
        """Return a case number as it is shown and spoken."""
        return shown(case_number)

    def name_of(self, staff_id: str) -> str:
        """Return the shown name of a member of staff; empty for nobody the office knows."""
        try:
            person = self.session.get(Staff, UUID(staff_id))
        except ValueError:
            return ""
        return person.display_name if person else ""

    def reason(self, code: str, kind: str) -> str:
        """Return the words of a reason code of an event."""
        words = REASONS.get(kind, FOR_THE_CONTACT)
        return self.text(words[code]) if code in words else code

    def _done(self) -> str:
        sentence = DONE.get(self.request.query_params.get("done", ""))
        return self.text(sentence) if sentence else ""

    def _navigation(self, drafts: int) -> list[dict[str, Any]]:
        who, here = self.act.who, self.request.url.path
        ways: list[dict[str, Any]] = []
        if who.may(Permission.INBOX):
            waiting = waiting_total(self.session, who)
            ways.append({"path": "inbox", "text": self.text("Inbox"), "count": waiting})
            ways.append({"path": "incidents", "text": self.text("Incidents"), "count": 0})
        if who.may(Permission.CASES):
            unread = unread_total(self.session, who)
            ways.append({"path": "cases", "text": self.text("Cases"), "count": unread})
            ways.append({"path": "search", "text": self.text("Search"), "count": 0})
            asked = patterns_total(self.session, who)
            ways.append({"path": "patterns", "text": self.text("Patterns"), "count": asked})
            near = pressing(self.session, who, self.act.on)
            ways.append({"path": "deadlines", "text": self.text("Deadlines"), "count": near})
            late = pressing_referrals(self.session, who, self.act.on)
            ways.append({"path": "referrals", "text": self.text("Referrals"), "count": late})
            due = due_total(self.session, who, self.act.on)
            ways.append({"path": "tasks", "text": self.text("My tasks"), "count": due})
        if drafts or self.request.url.path == self.path("drafts"):
            ways.append({"path": "drafts", "text": self.text("My drafts"), "count": drafts})
        if is_mediator(self.session, who.id):
            waiting = waiting_for(self.session, self.act)
            ways.append({"path": "mediations", "text": self.text("Mediations"), "count": waiting})
        if who.may(Permission.PROMISES):
            ways.append({"path": "promises", "text": self.text("Promises"), "count": self._late()})
        if who.may(Permission.STAFF):
            ways.append({"path": "staff", "text": self.text("Staff and keys"), "count": 0})
        if who.may(Permission.SUPERVISE):
            open_ones = conflicts_total(self.session, who)
            ways.append({"path": "supervision", "text": self.text("Supervision"), "count": 0})
            ways.append({"path": "conflicts", "text": self.text("Conflicts"), "count": open_ones})
            ways.append({"path": "reached", "text": self.text("Whom we reach"), "count": 0})
            ways.append({"path": "relays", "text": self.text("Associations and operators"), "count": 0})
        if who.may(Permission.AUTHORITY_ENTRY):
            waiting = waiting_requests(self.session) if who.may(Permission.AUTHORITY_SIGNING) else 0
            words = self.text("Requests from authorities")
            ways.append({"path": "authority-requests", "text": words, "count": waiting})
        if who.may(Permission.TRACES):
            ways.append({"path": "traces", "text": self.text("Who opened what"), "count": 0})
        if who.may(Permission.OFFICE_TIMELINE):
            ways.append({"path": "timeline", "text": self.text("Timeline"), "count": 0})
        for way in ways:
            way["href"] = self.path(way["path"])
            way["is_current"] = here == way["href"] or here.startswith(way["href"] + "/")
        return ways

    def _late(self) -> int:
        """Return how many promises are late, for the head: others count what they may open on the page."""
        if self.act.who.may(Permission.INBOX):
            return 0
        return sum(late_counts(self.session, self.desk.city, self.act.on).values())


def common(desk: Desk, language: Language) -> dict[str, Any]:
    """Return the names every template of the desk knows."""
    tag = language.tag
    return {
        "label": lambda name, code: desk.lists.label(name, code, tag),
        "labels": lambda name, codes: desk.lists.labels(name, codes, tag),
        "shown": shown,
        "size": lambda count: size_shown(count, language),
        "way_of": way_of,
        "span": lambda first, last: span(first, last, language),
        "day": lambda instant: day_in(desk.city.zone, instant),
        "clock": lambda instant: instant.astimezone(desk.city.zone).strftime("%H:%M"),
        "reasons_for": lambda agreement: reasons_for(agreement, language),
        "week": lambda week: language.gettext(
            "week %(number)s of %(year)s", number=int(week[6:]), year=week[:4]
        ),
    }


def size_shown(count: int, language: Language) -> str:
    """Return the size of a file in the unit people know, with one decimal where it is small."""
    for unit, bytes_of in (("MB", 1024 * 1024), ("kB", 1024)):
        if count >= bytes_of:
            return f"{language.number(round(count / bytes_of, 1))}\u00a0{unit}"
    return f"{language.number(count)}\u00a0B"


def reasons_for(agreement: Agreement, language: Language) -> str:
    """Return in words why two accounts may be the same event, and what speaks against it."""
    told = [language.gettext(WORDS[name]) for name in agreement.agrees]
    told += [language.gettext(DIFFERS[name]) for name in agreement.differs]
    return language.listed(told)


def view_of(request: Request, language: LanguageDep, desk: DeskDep, act: ActDep, session: SessionDep) -> View:
    """Return the view of this request."""
    return View(request, language, desk, act, session)


ViewDep = Annotated[View, Depends(view_of)]
