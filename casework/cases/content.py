"""The sealed parts of a case, in and out."""

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import NoContactLeft
from casework.cases.keys import case_key, case_public_key
from casework.cases.rules import key_name
from casework.cases.tables import CaseContent, CaseFile
from casework.corrections.queries import contact_now, is_corrected, languages_now
from casework.corrections.rules import CONTACT
from casework.staff.keys import office_key
from office.handover.report import ReportContact, ReportStory
from office.sealing.boxes import SealingKey, seal, unseal


def put_part(session: Session, case: CaseFile, kind: str, plaintext: bytes) -> None:
    """Seal one part of the case under its present key, in the place of the older one."""
    sealed = seal(plaintext, case_public_key(session, case), about=f"{kind}/{case.reference}")
    part = session.get(CaseContent, (case.id, kind)) or CaseContent(case_id=case.id, kind=kind)
    part.key_name = key_name(case.reference, case.key_version)
    part.sealed = sealed
    session.add(part)
    session.flush()


def story_of(session: Session, case: CaseFile, act: Act) -> ReportStory:
    """Return the story as it was told; raise CaseNotFound without a grant.

    How the person reads and talks is as it was corrected last: whoever speaks to them goes by that.
    """
    part = session.get_one(CaseContent, (case.id, "story"))
    opened = unseal(part.sealed, _key(session, case, part, act), about=f"story/{case.reference}")
    story = ReportStory.model_validate_json(opened)
    languages = languages_now(session, case, act)
    return story.model_copy(update={"languages": languages}) if languages else story


def has_contact(session: Session, case: CaseFile) -> bool:
    """Say whether a way to reach the person is on record, without opening it."""
    return left_contact(session, case) or is_corrected(session, case, CONTACT)


def left_contact(session: Session, case: CaseFile) -> bool:
    """Say whether the report itself came with one: only that can prove who somebody is."""
    return session.get(CaseContent, (case.id, "contact")) is not None


def contact_of(session: Session, case: CaseFile, act: Act) -> ReportContact:
    """Return how to reach the person: as it was noted last, or as they left it with the report.

    Raises:
        NoContactLeft: there is nothing.
        KeyNotHeld: the contact is still under the office's `contact` key, which this person does not hold.
    """
    return contact_now(session, case, act) or contact_in_report(session, case, act)


def contact_in_report(session: Session, case: CaseFile, act: Act) -> ReportContact:
    """Return how to reach the person as they left it with the report.

    Raises:
        NoContactLeft, KeyNotHeld: see `contact_of`.
    """
    part = session.get(CaseContent, (case.id, "contact"))
    if part is None:
        raise NoContactLeft(case=case.reference)
    opened = unseal(part.sealed, _key(session, case, part, act), about=f"contact/{case.reference}")
    return ReportContact.model_validate_json(opened)


def _key(session: Session, case: CaseFile, part: CaseContent, act: Act) -> SealingKey:
    if part.key_name.startswith("case."):
        return case_key(session, act.who, case, int(part.key_name.rpartition(".")[2]))
    return office_key(session, act.who, part.key_name)
