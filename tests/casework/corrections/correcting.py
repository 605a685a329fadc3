"""Correcting a case on the desk under test, as the forms do."""

from typing import Any

from starlette.testclient import TestClient

from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter

NEW_PHONE = "677 000 111"
NEW_MAIL = "otra.persona@correo.example"
WORDS = "Llama después de las cinco, nunca antes."


def path(reporter: Reporter, rest: str = "") -> str:
    """The address of a page of a case."""
    return f"/es/cases/{reporter.case_number}{rest}"


def note_contact(desk: Desk, client: TestClient, reporter: Reporter, **other: Any) -> Any:
    """Note a new telephone, which is allowed."""
    data = {
        "version": str(desk.case(reporter).version),
        "contact_kind": "phone",
        "contact_value": NEW_PHONE,
        "contact_name": "Nadia",
        "contact_safe_note": WORDS,
        "rule": "neutral",
        "said_by": "person",
        "noted_how": "phone",
        **other,
    }
    return client.post(path(reporter, "/contact/changing"), data=data)


def set_urgency(desk: Desk, client: TestClient, reporter: Reporter, urgency: str, **other: Any) -> Any:
    """Set how urgent a case is."""
    data = {
        "version": str(desk.case(reporter).version),
        "urgency": urgency,
        "urgency_reason": "La echan el viernes.",
        **other,
    }
    return client.post(path(reporter, "/urgency"), data=data)


def set_language(desk: Desk, client: TestClient, reporter: Reporter, tag: str, **other: Any) -> Any:
    """Correct the language in which the person reads."""
    data = {
        "version": str(desk.case(reporter).version),
        "reads_in": tag,
        "language_reason": "Lo dijo al teléfono.",
        **other,
    }
    return client.post(path(reporter, "/language"), data=data)


def note_consent(
    desk: Desk, client: TestClient, reporter: Reporter, code: str, answer: str, **other: Any
) -> Any:
    """Note that the person agrees to something, or no longer, said on the telephone."""
    data = {
        "version": str(desk.case(reporter).version),
        f"consent_{code}": answer,
        "said_by": "person",
        "noted_how": "phone",
        "told_in": "es",
        **day_fields("told_on", desk.clock.now().date()),
        "consent_words": "Dijo que ya no quiere salir en ninguna lista.",
        **other,
    }
    return client.post(path(reporter, "/consents"), data=data)
