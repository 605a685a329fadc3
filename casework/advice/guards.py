"""What nobody does without the person: nothing is filed in their name without their mandate."""

from sqlmodel import Session

from casework.acts import Act
from casework.advice.errors import MandateMissing
from casework.advice.queries import advice_of, shown_advice
from casework.cases.tables import CaseFile


def filing_routes(session: Session, case: CaseFile, act: Act) -> frozenset[str]:
    """Return the routes with which something may be filed: advised, decided on, with a mandate."""
    return frozenset(
        code
        for advice in advice_of(session, case)
        if advice.state_code == "delivered"
        for code in shown_advice(session, case, advice, act).filing_routes
    )


def require_mandate(session: Session, case: CaseFile, route_code: str, act: Act) -> None:
    """Refuse to file something on a route the person did not give a mandate for.

    Raises:
        MandateMissing: no delivered advice on which they decided to go on with it, in writing.
    """
    if route_code not in filing_routes(session, case, act):
        raise MandateMissing(case=case.reference)
