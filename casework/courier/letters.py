"""How each kind of letter in the mailbox becomes a row at the desk, still sealed."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from casework.appointments.tables import IncomingBooking
from casework.feedback.tables import Feedback
from casework.inbox.tables import InboxReport
from casework.messages.tables import ConsentChangeRow, IncomingMessage
from casework.notices.tables import NoticeAddress
from casework.receipts.tables import ReceiptKeyChange
from office.ids import new_id
from office.stores.casework import CaseworkTable
from office.stores.columns import URGENCIES
from office.stores.mailbox import Envelope

Row = dict[str, Any]


def report_row(envelope: Envelope, on: date, *, is_demonstration: bool) -> Row:
    """Return the row of a report in the inbox."""
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "reporter_public_key": envelope.reporter_public_key,
        "reporter_key_version": envelope.reporter_key_version,
        "iso_week": envelope.iso_week,
        "language": envelope.language,
        "channel_code": envelope.channel_code,
        "urgency_code": envelope.urgency_code,
        "urgency_rank": URGENCIES.index(envelope.urgency_code),
        "routing_code": envelope.routing_code,
        "key_name": envelope.key_name,
        "sealed_story": envelope.sealed_story,
        "contact_key_name": envelope.contact_key_name,
        "sealed_contact": envelope.sealed_contact,
        "state": "received",
        "received_on": on,
        "is_demonstration": is_demonstration,
    }


def coded_record_row(envelope: Envelope, on: date, *, is_demonstration: bool) -> Row:
    """Return the row of what may be counted of a report."""
    return {
        "id": new_id(),
        "report_id": envelope.id,
        "key_name": envelope.statistics_key_name,
        "sealed": envelope.sealed_statistics,
        "written_on": on,
        "is_demonstration": is_demonstration,
    }


def notice_row(envelope: Envelope, on: date) -> Row:
    """Return the row of the address for notices an envelope brings."""
    return {
        "case_number": envelope.case_number,
        "key_name": envelope.notice_key_name,
        "sealed": envelope.sealed_notice,
        "received_on": on,
    }


def _sealed(envelope: Envelope, on: date) -> Row:
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "key_name": envelope.key_name,
        "sealed": envelope.sealed_story,
        "received_on": on,
    }


def _message(envelope: Envelope, on: date) -> Row:
    return {**_sealed(envelope, on), "iso_week": envelope.iso_week, "language": envelope.language}


def _consent(envelope: Envelope, on: date) -> Row:
    return {**_sealed(envelope, on), "seq": 0, "given_codes": "", "withdrawn_codes": ""}


def _new_key(envelope: Envelope, on: date) -> Row:
    return {
        "id": envelope.id,
        "case_number": envelope.case_number,
        "reporter_public_key": envelope.reporter_public_key,
        "reporter_key_version": envelope.reporter_key_version,
        "key_name": envelope.key_name,
        "sealed": envelope.sealed_story,
        "received_on": on,
    }


TABLES: Final[dict[str, type[CaseworkTable]]] = {
    "report": InboxReport,
    "message": IncomingMessage,
    "consent": ConsentChangeRow,
    "feedback": Feedback,
    "rekey": ReceiptKeyChange,
    "notice": NoticeAddress,
    "booking": IncomingBooking,
}
"""Where each kind of letter goes."""
ROWS: Final[dict[str, Callable[[Envelope, date], Row]]] = {
    "message": _message,
    "consent": _consent,
    "feedback": _sealed,
    "rekey": _new_key,
    "booking": _sealed,
}
"""How those that are one row and no more become one."""
