"""A desk for tests: real stores, the real application, invented staff, a clock that stands still.

Stores with their keys and staff are made once a run and copied for each test, because a pass-phrase takes its
time on purpose.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, select
from starlette.testclient import TestClient

from casework.app import create_app
from casework.cases.tables import CaseFile
from casework.coding.tables import SealedCodedRecord
from casework.courier.carrying import Carried, carry
from casework.settings import CaseworkSettings
from casework.timeline.tables import Event
from casework.tracks.queries import open_tracks
from office.clock import SetClock, day_in
from office.handover.report import (
    CodedRecord,
)
from office.keys.demonstration import begin_demonstration, demonstration_staff
from office.keys.files import KeyFiles
from office.sealing.boxes import unseal
from office.sealing.key_files import load_key_file
from office.sealing.passphrases import Cost, unwrap, wrap
from office.sealing.public_keys import PublicKeys
from office.stores.engines import open_store, sessions
from office.stores.keyroom import HOLD_NO_KEY, Staff
from office.stores.migrate import upgrade
from office.vocabulary import load_city
from office.web.forms import OWN_SITE
from tests.casework.residents import Reporter, Residents

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PEOPLE = {person.sign_in_name.partition(".")[0]: person for person in demonstration_staff()}
STAFF = {name: person for name, person in PEOPLE.items() if person.role_code not in HOLD_NO_KEY}
"""Those who may hold a key of the office; what the others may is asked in tests/casework/staff."""
CITY = load_city("valencia")
CLOSING = {"responses": ["information"], "outcome": "support_given", "reason": "completed"}
NEEDS: dict[str, Any] = {
    "version": "0",
    **{
        f"factor_{code}": "no"
        for code in ("personal", "nature", "repetition", "fear", "retaliation", "secondary")
    },
    "measure": ["accompanied"],
    "review_on-day": "21",
    "review_on-month": "1",
    "review_on-year": "2027",
}
CHEAP = Cost(kib=64, passes=1, lanes=1)


def made_once(folder: Path) -> Path:
    """Make stores, keys and staff in `folder`, to be copied."""
    for store in ("mailbox", "casework"):
        upgrade(store, f"sqlite:///{folder}/{store}.db")
    engine = open_store(f"sqlite:///{folder}/casework.db", role="casework", store="casework")
    (folder / "keys").mkdir()
    begin(sessions(engine), folder)
    engine.dispose()
    return folder


def begin(to: sessionmaker[Session], folder: Path) -> None:
    """Begin the demonstration, and close the keys of its staff anew so that a sign-in costs no time.

    A pass-phrase takes a fifth of a second on purpose, and the tests sign in thousands of times. What it
    costs stands in the closed key itself, and the pass-phrases have tests of their own.
    """
    begin_demonstration(to, KeyFiles.in_folder(folder / "keys"), at=NOW)
    phrases = {person.sign_in_name: person.passphrase for person in PEOPLE.values()}
    with to.begin() as session:
        for one in session.exec(select(Staff)):
            phrase, about = phrases[one.sign_in_name], f"staff/{one.id}"
            assert one.wrapped_private_key is not None
            secret = unwrap(one.wrapped_private_key, phrase, about=about)
            one.wrapped_private_key = wrap(secret, phrase, about=about, cost=CHEAP)
            session.add(one)


@dataclass
class Desk(Residents):
    """The desk under test."""

    folder: Path
    mailbox_url: str
    casework_url: str
    courier_casework_url: str = ""
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    pieces: dict[UUID, list[bytes]] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settings = CaseworkSettings(
            home=self.folder, casework_url=self.casework_url, demo=True, city="valencia"
        )
        self.app: FastAPI = create_app(self.settings, clock=self.clock)
        self.keys = PublicKeys.load(self.settings.public_keys)
        self._clients: list[TestClient] = []
        self._engines = [self.app.state.desk.engine]

    # --- people ---

    def stranger(self) -> TestClient:
        client = TestClient(self.app, follow_redirects=False, headers={**OWN_SITE})
        self._clients.append(client)
        return client

    def signed_in(self, name: str) -> TestClient:
        """Return a client signed in as one of the invented staff, by first name."""
        client, person = self.stranger(), PEOPLE[name]
        if name in self.devices:
            client.cookies.set("device", self.devices[name], domain="testserver.local")
        answer = client.post(
            "/es/sign-in",
            data={
                "name": person.sign_in_name,
                "passphrase": person.passphrase,
                "code": person.code(self.clock.now()),
            },
        )
        assert answer.status_code == 303, answer.text
        self.devices[name] = client.cookies["device"]
        return client

    def staff_id(self, name: str) -> UUID:
        with self.reading() as session:
            found = session.exec(select(Staff.id).where(Staff.sign_in_name == PEOPLE[name].sign_in_name))
            return found.one()

    # --- stores ---

    def collect(self) -> Carried:
        return carry(
            self._as("mailbox", "courier"),
            self._as("casework", "courier"),
            on=day_in(CITY.zone, self.clock.now()),
            demo=True,
        )

    def _as(self, store: str, role: str) -> sessionmaker[Session]:
        url = self.mailbox_url if store == "mailbox" else self.courier_casework_url or self.casework_url
        engine = open_store(url, role=role, store=store)
        self._engines.append(engine)
        return sessions(engine)

    def mailbox(self) -> sessionmaker[Session]:
        return self._as("mailbox", "owner")

    def reading(self) -> Session:
        engine = open_store(self.casework_url, role="owner", store="casework")
        self._engines.append(engine)
        return sessions(engine)()

    def writing(self) -> Any:
        engine = open_store(self.casework_url, role="owner", store="casework")
        self._engines.append(engine)
        return sessions(engine).begin()

    def case(self, reporter: Reporter) -> CaseFile:
        with self.reading() as session:
            return session.exec(select(CaseFile).where(CaseFile.reference == reporter.case_number)).one()

    def counted(self) -> list[CodedRecord]:
        """Return the coded records there are, opened with the statistics key as the hand-over does."""
        keys = load_key_file(self.folder / "keys" / "statistics.key")
        with self.reading() as session:
            rows = session.exec(select(SealedCodedRecord)).all()
        return [
            CodedRecord.model_validate_json(unseal(row.sealed, keys[row.key_name], about="statistics"))
            for row in rows
        ]

    def events(self, reporter: Reporter | None = None) -> list[str]:
        """Return the kinds of the events of a case, or of the office."""
        chain = str(self.case(reporter).id) if reporter else "office"
        with self.reading() as session:
            found = session.exec(select(Event).where(Event.chain == chain).order_by(Event.seq))  # type: ignore[arg-type]  # a column
            return [event.kind for event in found]

    # --- what advisers do ---

    def a_case(self, adviser: str = "laila", **report: Any) -> Reporter:
        """A report taken up by a supervisor and given to `adviser`."""
        reporter = self.report(**report)
        supervisor = self.signed_in("amparo")
        answer = supervisor.post(
            f"/es/inbox/{reporter.case_number}/taking-up", data={"adviser": str(self.staff_id(adviser))}
        )
        assert answer.status_code == 303, said(answer.text)
        return reporter

    def ask_to_close(self, reporter: Reporter, by: str = "laila", **form: Any) -> Any:
        """Ask to close a case, and return the answer; of a track nothing is said of it is left open."""
        with self.reading() as session:
            tracks = open_tracks(session, self.case(reporter).id)
        left = {f"track_{one.track.id}": "left_open" for one in tracks}
        told = {"version": str(self.case(reporter).version), **CLOSING, **left, **form}
        return self.signed_in(by).post(f"/es/cases/{reporter.case_number}/closing", data=told)

    def decide_closing(self, reporter: Reporter, by: str = "amparo", why: str = "", **form: Any) -> Any:
        """Close a case as somebody asked, and return the answer; `why` although something is open."""
        told = {"version": str(self.case(reporter).version), "despite_deadlines": why, **form}
        return self.signed_in(by).post(f"/es/cases/{reporter.case_number}/closing/decision", data=told)

    def close_case(
        self, reporter: Reporter, by: str = "laila", second: str = "amparo", why: str = "", **form: Any
    ) -> None:
        """Have a case closed: one asks, another closes it, both with a reason if something is open."""
        asked = self.ask_to_close(reporter, by, despite_deadlines=why and "Nada más que hacer.", **form)
        assert asked.status_code == 303, said(asked.text)
        decided = self.decide_closing(reporter, second, why)
        assert decided.status_code == 303, said(decided.text)

    def ready_to_advise(self, reporter: Reporter, by: str = "laila") -> None:
        """Do all that is asked before advice, so that only the limits are not looked at yet."""
        client, own = self.signed_in(by), f"/es/cases/{reporter.case_number}"
        case = self.case(reporter)
        if case.area_code == "unknown" or case.ground_codes == "unknown":
            assert client.post(f"{own}/codes", data=codes(version=str(case.version))).status_code == 303
        assert client.post(f"{own}/needs/text", data=NEEDS).status_code == 303
        self.say_who_decides(reporter, client)

    def say_who_decides(self, reporter: Reporter, client: TestClient) -> None:
        """Say that no respondent is known where none is named, and that the office is competent."""
        own = f"/es/cases/{reporter.case_number}"
        said_so = client.post(f"{own}/people/nobody", data={"nobody_why": "No se sabe quién fue."})
        assert said_so.status_code in (303, 409), said(said_so.text)  # 409: one is named
        competent = {"version": "0", "competent": "office"}
        assert client.post(f"{own}/competence", data=competent).status_code in (303, 409)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        for engine in self._engines:
            engine.dispose()


def desk_in(made: Path, folder: Path) -> Desk:
    """Return a desk on copies of the stores made once."""
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return Desk(folder, f"sqlite:///{folder}/mailbox.db", f"sqlite:///{folder}/casework.db")


def codes(**other: Any) -> dict[str, Any]:
    """Return a filled-in form of codes."""
    return {
        "version": "1",
        "grounds": ["race_ethnicity", "language"],
        "conduct": ["direct"],
        "area": "housing",
        "respondent": "estate_agency",
        "district": "14",
        **other,
    }


def said(page: str) -> str:
    """Return the words of a page's main part."""
    inside = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def mistakes(page: str) -> list[str]:
    """Return the sentences of the error summary."""
    return re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page)


def typed(page: str, name: str) -> Mapping[str, str]:
    """Return what a field holds when its page comes back."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    if area:
        return {"text": unescape(area.group(1))}
    field_ = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    return {"text": unescape(field_.group(1)) if field_ else ""}
