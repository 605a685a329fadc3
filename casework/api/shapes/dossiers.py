"""The dossiers of a case for a program: the list, and one with its content and its consent."""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from casework.api.shapes.forms import Versioned
from casework.api.shapes.parts import Choice, Code, choices, worded
from casework.api.shown import Page, Shape, Shown
from casework.dossiers.rules import COPIED


class DossierLine(Shown):
    """A dossier in the list of a case."""

    id: UUID
    to: Choice | None
    recipient: str
    state: Choice | None
    begun_on: date
    last_made_on: date | None


class DossiersShown(Shown):
    """The dossiers of a case, the newest first, and to whom one can be begun."""

    case_number: str
    dossiers: tuple[DossierLine, ...]
    dossier_to: tuple[Choice, ...]


class DossierPart(Shown):
    """A text that can be in a dossier."""

    key: Code
    title: str
    note: str
    is_in: bool


class DossierFile(Shown):
    """A file of the case, and whether it goes in whole or why it is left out; null before somebody chose."""

    field: str = Field(description="The name under which the choice is sent.")
    name: str
    chosen: Choice | None


class DossierWriting(Versioned):
    """What is in a dossier, and for whom it is."""

    dossier_for: str
    their_number: str
    language_code: Code
    dossier_language: tuple[Choice, ...]
    parts: tuple[DossierPart, ...]
    files: tuple[DossierFile, ...]
    choices_of_files: tuple[Choice, ...]
    documents_kept_back: tuple[int, ...] = Field(description="Numbers of those that can be in none.")
    blacked_out: str


class DossierConsent(Shown):
    """The person's consent to exactly this dossier for exactly this recipient."""

    consented_on: date
    ends_on: date | None
    evidence: Choice | None
    evidence_words: str
    taken_back_on: date | None


class NotingConsent(Versioned):
    """Noting a consent."""

    evidence: tuple[Choice, ...]


class DocumentMade(Shown):
    """A document in the index of a dossier that was made."""

    title: str
    sha256: str


class DossierMade(Shown):
    """A dossier as it was handed out."""

    made_on: date
    sha256: str
    documents: tuple[DocumentMade, ...]


class DossierShown(Shown):
    """One dossier of a case."""

    case_number: str
    id: UUID
    to: Choice
    state: Choice
    recipient: str
    writing: DossierWriting
    consent: DossierConsent | None
    noting_consent: NotingConsent | None
    may_be_taken_back: bool
    making: Versioned | None = Field(description="Handing it out as a PDF, while the consent holds.")
    may_take_files: bool
    made: tuple[DossierMade, ...] = Field(description="The newest first.")


def dossiers(page: Page) -> DossiersShown:
    """Return the shape of the dossiers of a case."""
    return DossiersShown(
        case_number=page["case"].reference,
        dossiers=tuple(
            DossierLine(
                id=one.row.id,
                to=worded(page["receivers"], one.row.to_code),
                recipient=one.text.recipient,
                state=worded(page["states"], one.row.state_code),
                begun_on=one.row.begun_on,
                last_made_on=one.text.made[-1].made_on if one.text.made else None,
            )
            for one in page["found"]
        ),
        dossier_to=choices(page["receivers"]),
    )


def dossier(page: Page) -> DossierShown:
    """Return the shape of one dossier."""
    row, text = page["row"], page["text"]
    has_consent = row.state_code in ("consented", "made")
    return DossierShown(
        case_number=page["case"].reference,
        id=row.id,
        to=Choice(code=row.to_code, label=page["receiver"]),
        state=Choice(code=row.state_code, label=page["state"]),
        recipient=text.recipient,
        writing=_writing(page),
        consent=DossierConsent(
            consented_on=row.consented_on,
            ends_on=row.consent_until,
            evidence=worded(page["evidence_words"], row.evidence_code),
            evidence_words=text.evidence,
            taken_back_on=row.revoked_on,
        )
        if row.consented_on
        else None,
        noting_consent=None
        if has_consent
        else NotingConsent(version=row.version, evidence=choices(page["evidence"])),
        may_be_taken_back=has_consent,
        making=Versioned(version=row.version) if page["is_consented"] else None,
        may_take_files=page["is_consented"] and page["has_files"],
        made=tuple(
            DossierMade(
                made_on=made.made_on,
                sha256=made.sha256,
                documents=tuple(DocumentMade(title=one.title, sha256=one.sha256) for one in made.lines),
            )
            for made in reversed(text.made)
        ),
    )


def _writing(page: Page) -> DossierWriting:
    text = page["text"]
    words = {code: said for code, said in page["choices_of_files"] if code != COPIED or page["copied"]}
    return DossierWriting(
        version=page["row"].version,
        dossier_for=text.recipient,
        their_number=text.their_number,
        language_code=text.language,
        dossier_language=choices(page["tongues"]),
        parts=tuple(
            DossierPart(
                key=one["value"], title=one["text"], note=one["hint"] or "", is_in=one["value"] in text.parts
            )
            for one in page["parts_offered"]
        ),
        files=tuple(
            DossierFile(
                field=f"file-{one.file_id}",
                name=one.name,
                chosen=worded(words, text.files.get(str(one.file_id))),
            )
            for one in page["files"]
        ),
        choices_of_files=choices(words),
        documents_kept_back=tuple(one.number for one in page["kept_back"]),
        blacked_out=text.blacked,
    )


SHAPES: Final[dict[str, Shape]] = {"dossier.html": dossier, "dossiers.html": dossiers}
