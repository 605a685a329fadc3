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
from casework.cases.reasons import FOR_ANOTHER_ADVISER, FOR_REOPENING, FOR_THE_CONTACT
from casework.deadlines.wording import span
from casework.desk import Desk
from casework.done import DONE
from casework.doors import ActDep, DeskDep, LanguageDep
from casework.drafts.keeping import forget_draft
from casework.drafts.places import below_language, place_at
from casework.drafts.restoring import PageDrafts, drafts_of_page
from casework.drafts.rules import KEPT_DAYS
from casework.incidents.rules import DIFFERS, WORDS, Agreement
from casework.navigation import Way, ways_of
from casework.receipts.rules import PROOFS
from casework.states.rules import REASONS_TO_RETURN
from casework.transactions import SessionDep
from office.clock import day_in
from office.ids import shown
from office.languages import Language
from office.sealing.public_keys import REPORT_KEYS
from office.stores.keyroom import Staff
from office.web.problems import is_for_program

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
        """Return the page of a template, with the reader's drafts in it; a program is told what it shows."""
        known = {
            **common(self.desk, self.language),
            "person": self.act.who,
            "today": self.act.on,
            "is_form_shut": not self.act.keys.has_active(*REPORT_KEYS),
        }
        if is_for_program(self.request):
            return self.desk.pages.told(self, name, status, known | context)
        drafts = self.drafts()
        if drafts.here:
            context["given"] = drafts.into(context.get("given", {}))
        return self.desk.pages.render(
            self.request,
            name,
            self.language,
            status,
            **known,
            navigation=self._navigation(drafts.total),
            drafts=drafts,
            kept_days=KEPT_DAYS,
            done=self._done(),
            **context,
        )

    def drafts(self) -> PageDrafts:
        """Return the reader's drafts of this page."""
        return drafts_of_page(self.session, self.act, self.request)

    def path(self, rest: str) -> str:
        """Return the address of a page of the desk in this language."""
        return f"/{self.language.tag}/{rest}"

    def go(self, rest: str, done: str = "") -> Response:
        """Go on to another page, which tells what was done; the draft of what a person sent is deleted.

        What a program sends was typed on no page: what the person is typing there stays.
        """
        is_own = self.request.method == "POST" and not is_for_program(self.request)
        sent = place_at(below_language(self.request.url.path)) if is_own else None
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

    def _navigation(self, drafts: int) -> list[Way]:
        here = self.request.url.path
        return ways_of(self.session, self.desk, self.act, self.language, here, drafts)


def common(desk: Desk, language: Language) -> dict[str, Any]:
    """Return the names every template of the desk knows."""
    tag = language.tag
    return {
        "label": lambda name, code: desk.lists.label(name, code, tag),
        "labels": lambda name, codes: desk.lists.labels(name, codes, tag),
        "direction": desk.lists.direction,
        "shown": shown,
        "size": lambda count: size_shown(count, language),
        "way_of": way_of,
        "span": lambda first, last: span(first, last, language),
        "day": lambda instant: day_in(desk.city.zone, instant),
        "clock": lambda instant: instant.astimezone(desk.city.zone).strftime("%H:%M"),
        "reasons_for": lambda agreement: reasons_for(agreement, language),
        "week": lambda week: week_shown(week, language),
    }


def week_shown(week: str, language: Language) -> str:
    """Return a week as `2026-W48` in words."""
    return language.gettext("week %(number)s of %(year)s", number=int(week[6:]), year=week[:4])


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
