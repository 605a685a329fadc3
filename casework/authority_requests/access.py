"""The only door to an entry of the register."""

from sqlmodel import Session, select

from casework.acts import Act
from casework.authority_requests.errors import AuthorityRequestNotFound
from casework.authority_requests.rules import parts_of
from casework.authority_requests.tables import AuthorityRequest
from casework.staff.rules import Permission
from casework.staff.sessions import SignedIn


def may_see(who: SignedIn, request: AuthorityRequest) -> bool:
    """Say whether this person may see the entry: readers of the register all, others their own."""
    return who.may(Permission.AUTHORITY_REGISTER) or request.entered_by == who.id


def request_for(session: Session, act: Act, reference: str) -> AuthorityRequest:
    """Return the entry; raise AuthorityRequestNotFound alike for a missing and a walled one."""
    parts = parts_of(reference)
    if parts is None:
        raise AuthorityRequestNotFound
    year, number = parts
    wanted = select(AuthorityRequest).where(AuthorityRequest.year == year, AuthorityRequest.number == number)
    request = session.exec(wanted).first()
    if request is None:
        raise AuthorityRequestNotFound(request=reference)
    if not may_see(act.who, request):
        raise AuthorityRequestNotFound(request=reference)
    return request
