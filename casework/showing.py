"""How a page of the desk is shown: in the language of its address, with the way around above it."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.acts import Act
from casework.appointments.queries import answers_total
from casework.attachments.rules import way_of
from casework.authority_requests.queries import waiting_total as waiting_requests
from casework.cases.queries import unread_total
from casework.cases.reasons import FOR_ANOTHER_ADVISER, FOR_REOPENING, FOR_THE_CONTACT
from casework.conflicts.queries import waiting_total as conflicts_total
from casework.deadlines.queries import pressing
from casework.deadlines.wording import span
from casework.desk import Desk
from casework.done import DONE
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
from casework.states.heads import waiting_for_the_head
from casework.states.rules import REASONS_TO_RETURN
from casework.tasks.queries import due_total
from casework.transactions import SessionDep
from office.clock import day_in
from office.ids import shown
from office.languages import Language
from office.sealing.public_keys import REPORT_KEYS
from office.stores.keyroom import Staff

REASONS: Final[dict[str, dict[str, str]]] = {
    "case_reassigned": FOR_ANOTHER_ADVISER,
    "case_reopened": FOR_REOPENING,
    "case_given_back": REASONS_TO_RETURN,
    "receipt_reissued": PROOFS,
}
"""Lists of reasons that are not those for the contact, by the kind of event."""


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
            answered = answers_total(self.session, who)
            ways.append({"path": "agenda", "text": self.text("Agenda"), "count": answered})
            ways.append({"path": "tasks", "text": self.text("My tasks"), "count": due})
        if drafts or self.request.url.path == self.path("drafts"):
            ways.append({"path": "drafts", "text": self.text("My drafts"), "count": drafts})
        if is_mediator(self.session, who.id):
            waiting = waiting_for(self.session, self.act)
            ways.append({"path": "mediations", "text": self.text("Mediations"), "count": waiting})
        if who.may(Permission.PROMISES):
            ways.append({"path": "promises", "text": self.text("Promises"), "count": self._late()})
        if who.may(Permission.CLOSINGS):
            asked = len(waiting_for_the_head(self.session, who.id))
            if asked or here == self.path("closings"):
                ways.append({"path": "closings", "text": self.text("Closings to agree to"), "count": asked})
        if who.may(Permission.ASSIST):
            ways.append({"path": "assisting", "text": self.text("Typing in for people"), "count": 0})
        if who.may(Permission.ACCOUNTS):
            ways.append({"path": "staff", "text": self.text("Staff and keys"), "count": 0})
        if who.may(Permission.SUPERVISE):
            open_ones = conflicts_total(self.session, who)
            ways.append({"path": "supervision", "text": self.text("Supervision"), "count": 0})
            ways.append({"path": "conflicts", "text": self.text("Conflicts"), "count": open_ones})
            ways.append({"path": "reached", "text": self.text("Whom we reach"), "count": 0})
            ways.append({"path": "relays", "text": self.text("Who files for others"), "count": 0})
        if who.may(Permission.AUTHORITY_ENTRY):
            waiting = waiting_requests(self.session) if who.may(Permission.AUTHORITY_SIGNING) else 0
            words = self.text("Requests from authorities")
            ways.append({"path": "authority-requests", "text": words, "count": waiting})
        if who.may(Permission.WALLS):
            ways.append({"path": "walls", "text": self.text("Walls against the city"), "count": 0})
        if who.may(Permission.SERVICES):
            ways.append({"path": "services", "text": self.text("Staff and the city's services"), "count": 0})
        if who.may(Permission.TRACES):
            ways.append({"path": "traces", "text": self.text("Who opened what"), "count": 0})
        if who.may(Permission.OFFICE_TIMELINE):
            ways.append({"path": "timeline", "text": self.text("Timeline"), "count": 0})
        if who.may(Permission.ACCOUNTS):
            ways.append({"path": "health", "text": self.text("In order?"), "count": 0})
        ways.append({"path": "my-sign-ins", "text": self.text("My sign-ins"), "count": 0})
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
