"""How a page of the desk is shown: in the language of its address, with the way around above it."""

from dataclasses import dataclass
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework.acts import Act
from casework.cases.queries import unread_total
from casework.cases.reasons import FOR_ANOTHER_ADVISER, FOR_THE_CONTACT
from casework.desk import Desk
from casework.doors import ActDep, DeskDep, LanguageDep
from casework.inbox.queries import waiting_total
from casework.staff.rules import Permission
from casework.transactions import SessionDep
from office.ids import shown
from office.languages import Language, mark
from office.stores.keyroom import Staff

DONE: Final = {
    "taken_up": mark("The report is a case now. The person has been told."),
    "not_taken_up": mark("The report is settled without a case. The person has been told."),
    "coded": mark("The codes are saved."),
    "told": mark("The person has been told. They see it with their receipt."),
    "sent": mark("Your message is on its way. The person reads it with their receipt."),
    "noted": mark("Your note is kept. Only the office reads it."),
    "closed": mark("The case is closed. The person has been told."),
    "assigned": mark("The case has changed hands. A new key was made for it."),
    "invited": mark("The invitation is made. Hand it over in person."),
    "granted": mark("The key was given."),
    "revoked": mark("The key was taken back."),
    "left": mark("This person can no longer sign in."),
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
        """Return the page of a template."""
        return self.desk.pages.render(
            self.request,
            name,
            self.language,
            status,
            **common(self.desk, self.language),
            navigation=self._navigation(),
            person=self.act.who,
            done=self._done(),
            today=self.act.on,
            **context,
        )

    def path(self, rest: str) -> str:
        """Return the address of a page of the desk in this language."""
        return f"/{self.language.tag}/{rest}"

    def go(self, rest: str, done: str = "") -> Response:
        """Go on to another page, which tells what was done."""
        return RedirectResponse(self.path(rest) + (f"?done={done}" if done else ""), 303)

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
        words = FOR_ANOTHER_ADVISER if kind == "case_reassigned" else FOR_THE_CONTACT
        return self.text(words[code]) if code in words else code

    def _done(self) -> str:
        sentence = DONE.get(self.request.query_params.get("done", ""))
        return self.text(sentence) if sentence else ""

    def _navigation(self) -> list[dict[str, Any]]:
        who, here = self.act.who, self.request.url.path
        ways: list[dict[str, Any]] = []
        if who.may(Permission.INBOX):
            waiting = waiting_total(self.session, who)
            ways.append({"path": "inbox", "text": self.text("Inbox"), "count": waiting})
        if who.may(Permission.CASES):
            unread = unread_total(self.session, who)
            ways.append({"path": "cases", "text": self.text("Cases"), "count": unread})
        if who.may(Permission.STAFF):
            ways.append({"path": "staff", "text": self.text("Staff and keys"), "count": 0})
            ways.append({"path": "relays", "text": self.text("Associations and operators"), "count": 0})
        if who.may(Permission.OFFICE_TIMELINE):
            ways.append({"path": "timeline", "text": self.text("Timeline"), "count": 0})
        for way in ways:
            way["href"] = self.path(way["path"])
            way["is_current"] = here == way["href"] or here.startswith(way["href"] + "/")
        return ways


def common(desk: Desk, language: Language) -> dict[str, Any]:
    """Return the names every template of the desk knows."""
    tag = language.tag
    return {
        "label": lambda name, code: desk.lists.label(name, code, tag),
        "labels": lambda name, codes: desk.lists.labels(name, codes, tag),
        "shown": shown,
        "week": lambda week: language.gettext(
            "week %(number)s of %(year)s", number=int(week[6:]), year=week[:4]
        ),
    }


def view_of(request: Request, language: LanguageDep, desk: DeskDep, act: ActDep, session: SessionDep) -> View:
    """Return the view of this request."""
    return View(request, language, desk, act, session)


ViewDep = Annotated[View, Depends(view_of)]
