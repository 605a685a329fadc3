"""What the door is compared with, served in the same way: an empty POST, and the obvious route.

The obvious route is what one writes first: a `def` route, a model for the body, a session, two rows, a
commit. It seals the same three parts and makes the same receipt; it checks less than the door does.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from sqlmodel import Session

from intake_api.api.models import NewReport
from intake_api.settings import IntakeSettings
from office.clock import iso_week, month_of
from office.handover.report import CodedRecord, Consent, ReportContact, ReportStory, When, Where
from office.ids import new_case_number, new_id, shown
from office.sealing.boxes import seal
from office.sealing.public_keys import PublicKeys
from office.sealing.receipts import derive, grouped, new_key, new_salt, proof_hash
from office.stores.engines import open_store, sessions
from office.stores.mailbox import Envelope, Receipt
from office.web.serving import serve

WORDS = "2026-11.1"


def empty() -> FastAPI:
    """A service that reads the body and answers."""
    app = FastAPI()

    @app.post("/api/v1/reports", status_code=201)
    async def read(request: Request) -> JSONResponse:
        return JSONResponse({"bytes": len(await request.body())}, 201)

    @app.get("/healthz")
    async def fine() -> str:
        return "ok"

    return app


def obvious() -> FastAPI:
    """A service that takes the same reports in the obvious way."""
    settings = IntakeSettings()
    makes = sessions(open_store(settings.mailbox_url, role="intake", store="mailbox"))
    keys = PublicKeys.load(settings.public_keys)
    app = FastAPI()

    def transaction() -> Iterator[Session]:
        with makes() as session:
            yield session

    @app.post("/api/v1/reports", status_code=201)
    def report(given: NewReport, session: Annotated[Session, Depends(transaction)]) -> dict[str, Any]:
        now = datetime.now(UTC)
        number, key, salt = new_case_number(), new_key(), new_salt()
        week = iso_week(now.date())
        derived = derive(key, salt)
        receipt = Receipt(
            case_number=number,
            salt=salt,
            proof_hash=proof_hash(derived.proof),
            reporter_public_key=derived.sealing_key.public,
            opened_week=week,
        )
        key_name, public = keys.active("story")
        envelope = Envelope(
            id=new_id(),
            kind="report",
            case_number=number,
            reporter_public_key=derived.sealing_key.public,
            reporter_key_version=1,
            iso_week=week,
            language=given.language,
            channel_code="web_form",
            urgency_code="danger" if given.in_danger else "normal",
            routing_code="normal",
            key_name=key_name,
            sealed_story=seal(story_of(given, number, now).as_bytes(), public, about=f"story/{number}"),
        )
        if given.contact.kind == "phone":
            contact = ReportContact(kind="phone", value=given.contact.value)
            envelope.contact_key_name, public = keys.active("contact")
            envelope.sealed_contact = seal(contact.as_bytes(), public, about=f"contact/{number}")
        if given.consents.count:
            envelope.statistics_key_name, public = keys.active("statistics")
            coded = coded_of(given, now)
            envelope.sealed_statistics = seal(coded.as_bytes(), public, about="statistics")
        session.add(receipt)
        session.add(envelope)
        session.commit()
        return {
            "case_number": shown(number),
            "key": grouped(key),
            "promised_on": now.date(),
            "return_to": f"/{given.language}/return",
        }

    @app.get("/healthz")
    def fine() -> str:
        return "ok"

    return app


def story_of(given: NewReport, number: str, now: datetime) -> ReportStory:
    consents = (
        Consent(code="count", given=given.consents.count, text_version=WORDS, language=given.language),
        Consent(code="advise", given=given.consents.advise, text_version=WORDS, language=given.language),
        Consent(code="refer", given=given.consents.refer, text_version=WORDS, language=given.language),
    )
    return ReportStory(
        case_number=number,
        language=given.language,
        told_at=now,
        what_happened=given.what_happened,
        act_codes=tuple(given.act_codes),
        when=When(),
        where=Where(district_code=given.where.district_code or "unknown"),
        area_code=given.area_code or "unknown",
        ground_codes=tuple(given.ground_codes) or ("unknown",),
        respondent_code=given.respondent_code or "unknown",
        role_code=given.role_code or "victim",
        consents=consents,
    )


def coded_of(given: NewReport, now: datetime) -> CodedRecord:
    return CodedRecord(
        month=month_of(now.date()),
        district_code=given.where.district_code or "unknown",
        area_code=given.area_code or "unknown",
        ground_codes=tuple(sorted(given.ground_codes)),
        respondent_code=given.respondent_code or "unknown",
        channel_code="web_form",
        language=given.language,
    )


if __name__ == "__main__":
    serve({"empty": empty, "obvious": obvious}[sys.argv[1]](), int(sys.argv[2]))
