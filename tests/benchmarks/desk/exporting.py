"""The export of a case with fifty documents: its dossier as a PDF, and its files as one archive.

Against the ten seconds that the study of other offices' systems proposes, and against the least it could
take: opening the same pieces in memory and writing them into an archive.
"""

import hashlib
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy import insert
from sqlmodel import col, select

from casework.cases.tables import CaseFile, CaseKey
from casework.documents.content import AddedFile, DocumentWords
from casework.documents.tables import CaseDocument, DocumentPiece
from office.ids import new_id
from office.sealing.boxes import seal
from office.sealing.pieces import new_file_key, open_piece, seal_piece
from office.stores.engines import open_store, sessions
from tests.benchmarks.desk.office import Staffed
from tests.benchmarks.desk.opening import reports_put_in
from tests.benchmarks.desk.serving import Desk, Store, hidden_in
from tests.benchmarks.ratios import Ratio

DOCUMENTS = 50
BYTES_EACH = 400_000
"""A page photographed with a telephone, as the door keeps it."""
MOST_SECONDS = 10.0
ARCHIVE_OF_BARE = 6.0

Kept = list[tuple[AddedFile, list[bytes]]]


def measure(store: Store, desk: Desk, office: Staffed, cookie: str) -> list[Ratio]:
    """Take up a report, put fifty documents of the office into the case, and hand out its dossier."""
    (number,) = reports_put_in(store, 1)
    desk.sent(cookie, f"/es/inbox/{number}/taking-up", {"adviser": str(office.advisers[0].id)})
    kept = _documents(number)
    _put_in(store, number, kept)
    at, _ = desk.sent(cookie, f"/es/cases/{number}/dossiers", {"dossier_to": "prosecutor"})
    at = at.partition("?")[0]
    choices = {f"file-{file.file_id}": "in" for file, _ in kept}
    said = {"dossier_language": "es", "dossier_for": "Fiscalía", "their_number": "", "blacked_out": ""}
    _act(desk, cookie, at, "text", {**said, **choices, "parts": "story"})
    today = datetime.now(UTC).date()
    agreed = {**_day("consented_on", today), **_day("consent_until", today + timedelta(days=60))}
    _act(desk, cookie, at, "consent", {"evidence": "spoken", **agreed})
    pdf, sheet = _act(desk, cookie, at, "making", {})
    archive, files = _act(desk, cookie, at, "files", {})
    if not sheet.startswith(b"%PDF") or len(ZipFile(BytesIO(files)).namelist()) != DOCUMENTS + 1:
        raise RuntimeError("the dossier is not whole")
    plain = _bare(kept)
    size = f"{DOCUMENTS} documents of {BYTES_EACH // 1000} kB"
    whole, times = f"{pdf + archive:.2f} s of {MOST_SECONDS:.0f} s", f"{1000 * plain:.0f} ms in memory"
    return [
        Ratio(store.engine, "export of a case, of ten seconds", (pdf + archive) / MOST_SECONDS, 1.0,
              f"{size}: PDF {pdf:.2f} s, archive {archive:.2f} s, {whole}"),
        Ratio(store.engine, "archive of its files, of bare opening", archive / plain, ARCHIVE_OF_BARE,
              f"{1000 * archive:.0f} ms over HTTP, {times}"),
    ]  # fmt: skip


def _act(desk: Desk, cookie: str, at: str, what: str, form: dict[str, str]) -> tuple[float, bytes]:
    """Send one form of the dossier's page, and return the seconds it took and what came."""
    _, page = desk.sent(cookie, at, None)
    version = hidden_in(page.decode(), "version")
    begun = perf_counter()
    location, came = desk.sent(cookie, f"{at}/{what}", {"version": version, **form})
    took = perf_counter() - begun
    if what in ("text", "consent") and not location:
        raise RuntimeError(f"{what} of the dossier was not taken")
    return took, came


def _documents(number: str) -> Kept:
    random, found = Random(number), []
    for document in range(DOCUMENTS):
        clear, key = random.randbytes(BYTES_EACH), new_file_key()
        file = AddedFile(
            file_id=new_id(), key=key.hex(), pieces=1, name=f"documento {document + 1}.jpg",
            media_type="image/jpeg", size=len(clear), sha256=hashlib.sha256(clear).hexdigest(),
            kept_at=datetime.now(UTC),
        )  # fmt: skip
        found.append((file, [seal_piece(key, 0, clear)]))
    return found


def _put_in(store: Store, number: str, kept: Kept) -> None:
    """Put the documents into the case, as those that the office adds."""
    engine, today = open_store(store.owner, role="owner", store="casework"), datetime.now(UTC).date()
    with sessions(engine).begin() as session:
        case = session.exec(select(CaseFile).where(col(CaseFile.reference) == number)).one()
        key = session.exec(select(CaseKey).where(col(CaseKey.case_id) == case.id)).one()
        for own, (file, _) in enumerate(kept, start=1):
            words = DocumentWords(
                title=f"Documento {own}", kind="evidence", origin="person", language="es", privilege="open",
                file=file,
            )  # fmt: skip
            session.add(
                CaseDocument(
                    case_id=case.id,
                    number=own,
                    added_on=today,
                    added_by=case.assigned_to,
                    key_version=key.version,
                    sealed=seal(words.as_bytes(), key.public_key, about=f"document/{number}"),
                )
            )
        pieces = [_piece(file.file_id, number, sealed, today) for file, (sealed,) in kept]
        session.execute(insert(DocumentPiece), pieces)
    engine.dispose()


def _piece(file: UUID, number: str, sealed: bytes, today: date) -> dict[str, Any]:
    return {"file_id": file, "number": 0, "case_number": number, "sealed": sealed, "added_on": today}


def _bare(kept: Kept) -> float:
    """Open the pieces and write them into an archive, with nothing asked, checked or sent."""
    begun, out = perf_counter(), BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for file, pieces in kept:
            key = bytes.fromhex(file.key)
            clear = b"".join(open_piece(key, number, sealed) for number, sealed in enumerate(pieces))
            archive.writestr(str(file.file_id), clear)
    return perf_counter() - begun


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
