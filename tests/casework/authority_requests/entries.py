"""What the tests of the register type into its forms."""

from typing import Any

from tests.casework.desk import Desk, said

REGISTER = "/es/authority-requests"
FORM = f"{REGISTER}/new"
SIGNED = {"answer": "refused", "reasons": "Ninguna ley obliga.", "told": "no"}


def entry(**other: Any) -> dict[str, Any]:
    """Return a filled-in form of a request; NOW of the tests is 23 November 2026."""
    return {
        "received-day": "20",
        "received-month": "11",
        "received-year": "2026",
        "authority": "police",
        "way": "letter",
        "asked": ["known", "whereabouts"],
        "legal_basis": "Ley Orgánica 7/2021, art. 7",
        "proposed": "refused",
        **other,
    }


def entered(desk: Desk, name: str = "iris", **other: Any) -> str:
    """Enter a request as one of the invented staff and return its reference."""
    answer = desk.signed_in(name).post(FORM, data=entry(**other))
    assert answer.status_code == 303, said(answer.text)
    return str(answer.headers["location"].rpartition("/")[2].partition("?")[0])


def signed(desk: Desk, reference: str, **other: Any) -> None:
    """Sign the answer as the data protection officer."""
    answer = desk.signed_in("remei").post(f"{REGISTER}/{reference}/signing", data={**SIGNED, **other})
    assert answer.status_code == 303, said(answer.text)
