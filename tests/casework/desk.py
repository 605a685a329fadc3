"""A desk for tests: real stores, the real application, invented staff, a clock that stands still.

Stores with their keys and staff are made once a run and copied for each test, because a pass-phrase takes its
time on purpose.
"""

import hashlib
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
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
from office.clock import SetClock, day_in, iso_week
from office.handover.reply import Reply
from office.handover.report import (
    CodedRecord,
    Consent,
    ConsentChange,
    Message,
    ReportContact,
    ReportStory,
    SentFile,
    When,
    Where,
)
from office.ids import new_case_number, new_id
from office.keys.demonstration import begin_demonstration, demonstration_staff
from office.keys.files import KeyFiles
from office.sealing.boxes import SealingKey, seal, unseal
from office.sealing.key_files import load_key_file
from office.sealing.pieces import PIECE_BYTES, new_file_key, seal_piece
from office.sealing.public_keys import PublicKeys
from office.stores.engines import open_store, sessions
from office.stores.mailbox import Envelope, Receipt, Upload, UploadPiece
from office.stores.mailbox import Reply as CarriedReply
from office.stores.migrate import upgrade
from office.vocabulary import load_city
from office.web.forms import OWN_SITE

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
STAFF = {person.sign_in_name.partition(".")[0]: person for person in demonstration_staff()}
CITY = load_city("valencia")


def made_once(folder: Path) -> Path:
    """Make stores, keys and staff in `folder`, to be copied."""
    for store in ("mailbox", "casework"):
        upgrade(store, f"sqlite:///{folder}/{store}.db")
    engine = open_store(f"sqlite:///{folder}/casework.db", role="casework", store="casework")
    (folder / "keys").mkdir()
    begin_demonstration(sessions(engine), KeyFiles.in_folder(folder / "keys"), at=NOW)
    engine.dispose()
    return folder


@dataclass
class Reporter:
    """Somebody who reported: what their receipt holds."""

    case_number: str
    key: SealingKey

    def opened(self, sealed: bytes) -> Reply:
        return Reply.model_validate_json(unseal(sealed, self.key, about=f"reply/{self.case_number}"))


@dataclass
class Desk:
    """The desk under test."""

    folder: Path
    mailbox_url: str
    casework_url: str
    courier_casework_url: str = ""
    clock: SetClock = field(default_factory=lambda: SetClock(NOW))
    pieces: dict[UUID, list[bytes]] = field(default_factory=dict)

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
        client, person = self.stranger(), STAFF[name]
        answer = client.post(
            "/es/sign-in",
            data={
                "name": person.sign_in_name,
                "passphrase": person.passphrase,
                "code": person.code(self.clock.now()),
            },
        )
        assert answer.status_code == 303, answer.text
        return client

    def staff_id(self, name: str) -> UUID:
        from office.stores.keyroom import Staff

        with self.reading() as session:
            found = session.exec(select(Staff.id).where(Staff.sign_in_name == STAFF[name].sign_in_name))
            return found.one()

    # --- what residents do ---

    def report(
        self,
        text: str = "No me quisieron alquilar el piso por mi acento.",
        *,
        count: bool = True,
        advise: bool = True,
        city: bool = False,
        urgency: str = "normal",
        contact: bool = True,
        carried: bool = True,
        week: str | None = None,
        **story: Any,
    ) -> Reporter:
        """Put a report into the mailbox as the residents' door does, and have it carried."""
        number, key, now = new_case_number(), SealingKey.generate(), self.clock.now()
        consents = tuple(
            Consent(code=code, given=given, text_version="1", language="es")  # type: ignore[arg-type]  # three codes
            for code, given in (("count", count), ("advise", advise), ("refer", False))
        )
        told = ReportStory(
            **{
                "case_number": number,
                "language": "es",
                "told_at": now,
                "what_happened": text,
                "act_codes": ("rent_refused",),
                "when": When(kind="day", day=date(2026, 11, 20)),
                "where": Where(district_code="14", place_text="una inmobiliaria"),
                "area_code": "housing",
                "ground_codes": ("race_ethnicity",),
                "respondent_code": "city_council" if city else "estate_agency",
                "consents": consents,
                "receipt_key": key.public.hex(),
                **story,
            }
        )
        name, public = self.keys.active("story-apart" if city else "story")
        parts: dict[str, Any] = {}
        if contact:
            person = ReportContact(kind="phone", value="600 123 123", name="Persona Inventada")
            contact_name, contact_public = self.keys.active("contact")
            parts |= {
                "contact_key_name": contact_name,
                "sealed_contact": seal(person.as_bytes(), contact_public, about=f"contact/{number}"),
            }
        if count:
            coded = CodedRecord.of_story(
                told, month=f"{now:%Y-%m}", channel_code="web_form", ground_codes=told.ground_codes
            )
            coded_name, coded_public = self.keys.active("statistics")
            parts |= {
                "statistics_key_name": coded_name,
                "sealed_statistics": seal(coded.as_bytes(), coded_public, about="statistics"),
            }
        sealed = seal(told.as_bytes(), public, about=f"story/{number}")
        self.send_pieces(number, told.files)
        self.post(
            "report", number, name, sealed, key.public, urgency, "city" if city else "normal", week, **parts
        )
        with self.mailbox().begin() as session:
            session.add(
                Receipt(
                    case_number=number,
                    salt=bytes(16),
                    proof_hash=bytes(32),
                    reporter_public_key=key.public,
                    opened_week=iso_week(now.date()),
                )
            )
        if carried:
            self.collect()
        return Reporter(number, key)

    def post(
        self,
        kind: str,
        number: str,
        key_name: str,
        sealed: bytes,
        public: bytes | None = None,
        urgency: str = "normal",
        routing: str = "normal",
        week: str | None = None,
        **parts: Any,
    ) -> UUID:
        """Put one envelope into the mailbox."""
        own = new_id()
        with self.mailbox().begin() as session:
            session.add(
                Envelope(
                    id=own,
                    kind=kind,
                    case_number=number,
                    reporter_public_key=public,
                    reporter_key_version=1,
                    iso_week=week or iso_week(self.clock.now().date()),
                    language="es",
                    channel_code="web_form",
                    urgency_code=urgency,
                    routing_code=routing,
                    key_name=key_name,
                    sealed_story=sealed,
                    **parts,
                )
            )
        return own

    def a_file(
        self, clear: bytes, name: str = "foto.jpg", media_type: str = "image/jpeg", **of: Any
    ) -> SentFile:
        """Return what a report or message says of a file; its pieces wait to be sent with it."""
        key, own = new_file_key(), new_id()
        parts = [clear[at : at + PIECE_BYTES] for at in range(0, len(clear), PIECE_BYTES)] or [b""]
        self.pieces[own] = [seal_piece(key, number, part) for number, part in enumerate(parts)]
        return SentFile(
            file_id=own,
            key=key.hex(),
            pieces=len(parts),
            name=name,
            media_type=media_type,
            size=len(clear),
            sha256=hashlib.sha256(clear).hexdigest(),
            kept_at=self.clock.now(),
            **of,
        )

    def send_pieces(self, number: str, files: Iterable[SentFile]) -> None:
        """Put the sealed pieces of files into the mailbox, as sending does."""
        with self.mailbox().begin() as session:
            for file in files:
                today = self.clock.now().date()
                session.add(
                    Upload(file_id=file.file_id, lookup=bytes(32), case_number=number, expires_on=today)
                )
                for place, sealed in enumerate(self.pieces[file.file_id]):
                    session.add(UploadPiece(file_id=file.file_id, number=place, sealed=sealed))

    def write_back(
        self, reporter: Reporter, text: str, *, carried: bool = True, files: tuple[SentFile, ...] = ()
    ) -> None:
        """Have the person write again, sealed to their case's key if it was announced, else to `story`."""
        told = Message(case_number=reporter.case_number, told_at=self.clock.now(), text=text, files=files)
        self.send_pieces(reporter.case_number, files)
        name, public = self.key_for(reporter)
        sealed = seal(told.as_bytes(), public, about=f"message/{reporter.case_number}")
        self.post("message", reporter.case_number, name, sealed)
        if carried:
            self.collect()

    def change_consent(self, reporter: Reporter, code: str, *, given: bool, carried: bool = True) -> None:
        consent = Consent(code=code, given=given, text_version="1", language="es")  # type: ignore[arg-type]  # a code
        told = ConsentChange(case_number=reporter.case_number, told_at=self.clock.now(), consents=(consent,))
        name, public = self.key_for(reporter)
        sealed = seal(told.as_bytes(), public, about=f"consent/{reporter.case_number}")
        self.post("consent", reporter.case_number, name, sealed)
        if carried:
            self.collect()

    def key_for(self, reporter: Reporter) -> tuple[str, bytes]:
        with self.mailbox()() as session:
            receipt = session.get_one(Receipt, reporter.case_number)
        if receipt.case_public_key is None:
            return self.keys.active("story")
        return f"case.{reporter.case_number}.{receipt.case_key_version}", receipt.case_public_key

    def replies(self, reporter: Reporter) -> list[Reply]:
        """Return what the person can read now, opened with their receipt."""
        self.collect()
        with self.mailbox()() as session:
            found = session.exec(
                select(CarriedReply).where(CarriedReply.case_number == reporter.case_number)
            ).all()
        return [reporter.opened(reply.sealed) for reply in found]

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
