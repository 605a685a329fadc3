"""Whether a yes that the office notes came after what it overrules: the report, and every no since."""

from collections import Counter
from datetime import date

from sqlmodel import Session

from casework.acts import Act
from casework.cases.tables import CaseFile
from casework.corrections.errors import AgreedTooEarly, TakenBackByReceipt, TakenBackLater
from casework.corrections.queries import corrections_of
from casework.corrections.rules import CONSENTS
from casework.messages.consents import applied_changes
from office.handover.report import ConsentCode


def require_newer(session: Session, case: CaseFile, code: ConsentCode, told_on: date, act: Act) -> None:
    """Refuse a yes that was said before the last no; what waits from the receipt has been applied.

    Of a day only the office's own no is known with its words: a yes of the same day may correct it. What
    came with the receipt came at some hour of its day, so nothing said on that day is surely newer.

    Raises:
        AgreedTooEarly: it was said before the report came.
        TakenBackByReceipt: it was taken back with the receipt on that day or later.
        TakenBackLater: the office noted a no of a later day.
    """
    if told_on < case.reported_on:
        raise AgreedTooEarly(case=case.reference)
    noted = Counter[tuple[date, frozenset[str]]]()
    for one in corrections_of(session, case, act, CONSENTS):
        noted[one.row.noted_on, frozenset(one.words.withdrawn)] += 1
        if code in one.words.withdrawn and one.words.told_on and told_on < one.words.told_on:
            raise TakenBackLater(case=case.reference)
    for change in applied_changes(session, case.reference):
        withdrawn = frozenset(change.withdrawn_codes.split())
        if code not in withdrawn:
            continue
        if noted[change.received_on, withdrawn] > 0:
            noted[change.received_on, withdrawn] -= 1
        elif told_on <= change.received_on:
            raise TakenBackByReceipt(case=case.reference)
