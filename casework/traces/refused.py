"""A door of a case or report that did not open: that somebody stood there is kept, whatever was behind it.

It is written alike for a number that is walled and for one that nobody has, so that neither the page nor the
time it takes says which it was.
"""

from typing import TYPE_CHECKING, Final, cast

from starlette.requests import Request
from starlette.responses import Response

from casework.cases.errors import CaseNotFound
from casework.doors import person_of
from casework.inbox.errors import ReportNotFound
from casework.timeline.actions import BY_PROGRAM, record
from office.errors import OfficeError
from office.web.problems import is_for_program, log, status_of

if TYPE_CHECKING:
    from casework.desk import Desk

DOORS: Final[dict[type[OfficeError], str]] = {CaseNotFound: "case", ReportNotFound: "report"}


def keep_refused(request: Request, error: Exception) -> Response:
    """Record that a door stayed shut, and answer as for every other page that is not there."""
    known = cast("OfficeError", error)
    desk: Desk = request.app.state.desk
    person = person_of(request)
    number = known.detail.get(DOORS[type(known)])
    if person is not None and number:
        with desk.sessions.begin() as session:
            session.info[BY_PROGRAM] = is_for_program(request)
            record(session, "door_refused", at=desk.clock.now(), by=person.id, number=number)
    log.info("%s %s", known.code, status_of(known))
    answer: Response = request.app.state.answerer.answer(request, known)
    return answer
