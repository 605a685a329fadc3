"""Making cases of several reports in one act, for one adviser: of all of them, or of none."""

from collections.abc import Collection
from typing import Final

from sqlmodel import Session

from casework.acts import Act
from casework.cases.errors import CannotAssign
from casework.inbox.access import report_for
from casework.inbox.actions import take_up
from casework.inbox.errors import AdviceNotWanted, NotAllTakenUp, ReportAlreadySettled, ReportNotFound
from casework.inbox.promising import next_on
from casework.transactions import attempt
from office.errors import OfficeError
from office.languages import mark
from office.sealing.boxes import CannotOpen
from office.stores.keyroom import Staff
from office.vocabulary import City

MOST_AT_ONCE: Final = 40
"""Reports that become cases in one act; each is opened in memory and gets a key of its own."""

NOT_THERE: Final = mark("There is no such report any more, or you may not open it.")
REFUSALS: Final = (ReportNotFound, ReportAlreadySettled, AdviceNotWanted, CannotAssign, CannotOpen)


def take_up_all(session: Session, numbers: Collection[str], adviser: Staff, act: Act, city: City) -> int:
    """Make a case of each report and give it to `adviser`; each has a key and events of its own.

    Args:
        session: the request's transaction; whoever calls undoes it when this raises.
        numbers: the numbers of the reports.
        adviser: who is to have the cases.
        act: who takes them up, and when.
        city: whose promises say by when each person hears again.

    Returns:
        how many cases were made.

    Raises:
        NotAllTakenUp: of some no case can be made; it says of which and why.
    """
    refused: dict[str, str] = {}
    for number in sorted(numbers):  # two such acts do not wait for each other
        try:
            with attempt(session):
                report = report_for(session, act.who, number, to_change=True)
                if report.state != "received":
                    raise ReportAlreadySettled(report=number)
                take_up(session, report, adviser, act, next_on=next_on(city, report, act.on))
        except REFUSALS as error:
            refused[number] = _why(error)
    if refused:
        raise NotAllTakenUp(refused)
    return len(numbers)


def _why(error: OfficeError) -> str:
    return NOT_THERE if isinstance(error, ReportNotFound) else error.sentence
