"""What residents do to a desk under test: what they send is sealed as at the door."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import sessionmaker
from sqlmodel import Session, select

from casework.courier.carrying import Carried
from office.clock import SetClock, iso_week
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
from office.sealing.boxes import SealingKey, seal, unseal
from office.sealing.pieces import PIECE_BYTES, new_file_key, seal_piece
from office.sealing.public_keys import PublicKeys
from office.stores.mailbox import Envelope, Receipt, Upload, UploadPiece
from office.stores.mailbox import Reply as CarriedReply


@dataclass
class Reporter:
    """Somebody who reported: what their receipt holds."""

    case_number: str
    key: SealingKey

    def opened(self, sealed: bytes) -> Reply:
        return Reply.model_validate_json(unseal(sealed, self.key, about=f"reply/{self.case_number}"))


class Residents:
    """What residents do, for a desk that has their mailbox."""

    keys: PublicKeys
    clock: SetClock
    pieces: dict[UUID, list[bytes]]
    mailbox: Callable[[], sessionmaker[Session]]
    collect: Callable[[], Carried]

    def report(
        self,
        text: str = "No me quisieron alquilar el piso por mi acento.",
        *,
        count: bool = True,
        advise: bool = True,
        city: bool = False,
        urgency: str = "normal",
        contact: bool | ReportContact = True,
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
            invented = ReportContact(kind="phone", value="600 123 123", name="Persona Inventada")
            person = contact if isinstance(contact, ReportContact) else invented
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
