"""Every page of the door in every state it can be in, found from the routes and from the pages' own forms.

Several people are sent to every address: a stranger, somebody with everything filled in, somebody in danger,
somebody who saved, somebody who sent, somebody who came back to a case with messages, and somebody for whom
the office has no key. Each also sends every form empty, with far too much, and with the number of a document.
Pages of the same build are kept once. A new page or step is found here by itself.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session

from office.clock import SetClock
from office.handover.reply import AppointmentTold, MeetingTime
from office.handover.reply import Reply as ReplyTold
from office.ids import new_id
from office.sealing.boxes import seal
from office.stores.mailbox import Receipt, Reply
from office.web.forms import OWN_SITE
from tests.intake_api.addresses import addresses
from tests.intake_api.conftest import KEYS, NOON, Browser, Entrance, receipt_in
from tests.support.pages_read import FormRead, forms_of

TOLD = "No me alquilaron el piso. لم يؤجّروا لي."
NUMBER = f"{TOLD} NIE X1234567L"
TOO_LONG = "palabra muy larga " * 1500
DATE = {"day": "3", "month": "11", "year": "2026"}
QUITS = ("/exit", "/finish", "/close", "/leave")
"""Addresses that end what somebody does, so nothing more can be seen from there."""
TURNS = re.compile(r"<(\w+)[^>]*?(?:class=\"([^\"]*)\")?[^>]*>")


FOR_SCRIPTS = re.compile(r"/files/(begin|piece|end)\b").search
"""Addresses only a script speaks to, piece by piece."""


@dataclass(frozen=True)
class State:
    """A page as somebody saw it."""

    name: str
    path: str
    html: str
    status: int


class Visited:
    """The states of every page in one language."""

    def __init__(self, entrance: Entrance, visitor: Callable[[], Browser], tag: str) -> None:
        self.entrance, self.visitor, self.tag = entrance, visitor, tag
        self.states: dict[str, State] = {}
        self.builds: set[tuple[str, ...]] = set()

    def all(self) -> list[State]:
        """Send everybody everywhere."""
        people = {
            "stranger": self.stranger,
            "filled": self.filled,
            "danger": self.in_danger,
            "saved": self.saved,
            "diary": self.with_a_diary,
            "sent": self.sent,
            "back": self.back,
        }
        for name, who in people.items():
            self.look_everywhere(name, who)
            if name not in ("sent", "danger"):
                self.send_everything(name, who)
        self.entrance.publish_keys()
        self.look_everywhere("closed", self.stranger)
        self.send_everything("closed", self.stranger)
        self.entrance.publish_keys(*KEYS)
        return list(self.states.values())

    def place(self, path: str) -> str:
        """An address, the same in every language."""
        return path.replace(f"/{self.tag}", "/…", 1)

    def see(self, name: str, path: str, answer: Response) -> None:
        """Keep a page, unless one of the same build at the same kind of address was seen."""
        if "text/html" not in answer.headers.get("content-type", "") or not answer.text:
            return
        build = (name.split(" ")[0], *built(answer.text))
        if build in self.builds:
            return
        self.builds.add(build)
        self.states.setdefault(name, State(name, path, answer.text, answer.status_code))

    def look_everywhere(self, name: str, who: Callable[[], Browser]) -> None:
        browser = who()
        places = [place for place in addresses(self.entrance.app, "GET", self.tag) if "/static/" not in place]
        for path in [*places, f"/{self.tag}/no-such-page"]:
            if path.endswith(QUITS):
                continue
            answer = browser.get(path)
            assert answer.status_code < 500 or name == "closed", (path, name, answer.status_code)
            self.see(f"{self.place(path)} {name}", path, answer)

    def send_everything(self, name: str, who: Callable[[], Browser]) -> None:
        browser = who()
        for path in addresses(self.entrance.app, "POST", self.tag):
            if path.startswith("/api/") or path.endswith((*QUITS, "/send", "/save")) or FOR_SCRIPTS(path):
                continue
            for what, text in (("nothing", ""), ("too much", TOO_LONG), ("a number", NUMBER)):
                form = self.form_at(browser, path)
                sent = given_to(form, text) if form and text else {"": ""}
                answer = browser.post(path, sent)
                assert answer.status_code < 500 or name == "closed", (path, name, answer.status_code)
                if answer.status_code >= 400:
                    self.see(f"{self.place(path)} {name} sending {what}", path, answer)

    def form_at(self, browser: Browser, path: str) -> FormRead | None:
        for place in (path, path.rpartition("/")[0], path.rpartition("/")[0] + "/case"):
            page = browser.client.get(place, follow_redirects=True)
            found = [form for form in forms_of(page.text) if form.action.endswith(path.rpartition("/")[2])]
            if found:
                return found[0]
        return None

    def stranger(self) -> Browser:
        return self.visitor()

    def filled(self, *, danger: bool = False) -> Browser:
        browser = self.visitor()
        for step in self.entrance.door.form.step:
            path = f"/{self.tag}/report/{step.code}"
            page = browser.get(path)
            form = next((one for one in forms_of(page.text) if one.action == path), None)
            if form is None:
                continue
            for last in (False, True):
                given = given_to(form, TOLD, last=last)
                if not danger:
                    given.pop("in_danger", None)
                if browser.post(path, given).status_code == 303:
                    break
            else:
                assert browser.post(path).status_code == 303, step.code
        return browser

    def in_danger(self) -> Browser:
        return self.filled(danger=True)

    def saved(self) -> Browser:
        browser = self.filled()
        assert browser.post(f"/{self.tag}/report/save").status_code == 303
        return browser

    def with_a_diary(self) -> Browser:
        browser = self.visitor()
        for text in (TOLD, f"{TOLD} {TOLD}"):
            page = {"do": "write", "diary_when": "3/11", "diary_text": text, "diary_proof": TOLD}
            assert browser.post(f"/{self.tag}/diary", page).status_code == 303
        return browser

    def sent(self) -> Browser:
        browser = self.in_danger()
        assert browser.send(self.tag).status_code == 303
        return browser

    def back(self) -> Browser:
        number, key = receipt_in(self.sent().get(f"/{self.tag}/report/receipt").text)
        reply_to(self.entrance, number.replace("-", ""))
        browser = self.visitor()
        opened = browser.post(f"/{self.tag}/return", {"case_number": number, "key": key})
        assert opened.status_code == 303
        return browser


def given_to(form: FormRead, text: str, *, last: bool = False) -> dict[str, list[str]]:
    """Everything a form takes: `text` in every field for words, and the first or last of each choice."""
    given: dict[str, list[str]] = {}
    for name, one in form.fields.items():
        if name == "website" or one.kind == "file":
            continue
        if one.hidden:
            given[name] = one.values
        elif one.is_text:
            is_date = one.numeric and text != TOO_LONG
            given[name] = [DATE.get(name.rpartition("_")[2], text)] if is_date else [text]
        elif one.kind == "checkbox":
            given[name] = one.choices[:2]
        elif chosen := [choice for choice in one.choices if choice]:
            given[name] = chosen[-1:] if last else chosen[:1]
    return given


def built(page: str) -> tuple[str, ...]:
    """How a page is built: its elements and their classes, without words, each run of the same once."""
    main = page.partition("<main")[2].partition("</main>")[0]
    parts = [f"{tag}.{kind}" for tag, kind in TURNS.findall(main)]
    return tuple(one for place, one in enumerate(parts) if place == 0 or one != parts[place - 1])


def reply_to(entrance: Entrance, number: str) -> None:
    """Answers of the office to this case: a message, and times for an appointment."""
    receipt = next(one for one in entrance.all(Receipt) if one.case_number == number)
    told = ReplyTold(
        kind="message", text=f"{TOLD} ¿Puedes decirnos más?", said_on=date(2026, 11, 25), from_role="adviser"
    )
    times = (
        MeetingTime(
            id=new_id(),
            on=date(2026, 12, 1),
            minute=minute,
            minutes=45,
            way_code="place",
            place="Biblioteca Municipal del Barrio de Orriols",
            address="carrer de Sant Vicent de Paül 12",
            step_free=True,
        )
        for minute in (570, 1020)
    )
    offered = AppointmentTold(
        appointment_id=new_id(),
        number=1,
        state_code="offered",
        times=tuple(times),
        answer_by=date(2026, 11, 27),
    )
    meeting = ReplyTold(kind="appointment", said_on=date(2026, 11, 25), appointment=offered)
    with Session(entrance.engine) as session:
        for one in (told, meeting):
            sealed = seal(one.as_bytes(), receipt.reporter_public_key, about=f"reply/{number}")
            session.add(
                Reply(
                    id=new_id(),
                    case_number=number,
                    reporter_key_version=1,
                    iso_week="2026-W48",
                    sealed=sealed,
                )
            )
        session.commit()


class Visits:
    """The states in each language, visited when first asked for."""

    def __init__(self, folder: Path, mailbox: Path) -> None:
        file = folder / "mailbox.sqlite"
        shutil.copy(mailbox, file)
        url = f"sqlite:///{file}"
        self.entrance = Entrance(folder, url, url, SetClock(NOON), posts_per_second=0)
        self._found: dict[str, list[State]] = {}

    def visitor(self) -> Browser:
        return Browser(TestClient(self.entrance.app, follow_redirects=False, headers=OWN_SITE))

    def opened(self) -> Iterator["Visits"]:
        """Open the door as long as states are looked for."""
        with TestClient(self.entrance.app):
            yield self
        self.entrance.engine.dispose()

    def states(self, tag: str) -> list[State]:
        if tag not in self._found:
            self._found[tag] = Visited(self.entrance, self.visitor, tag).all()
        return self._found[tag]
