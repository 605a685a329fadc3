"""One good row of each table, to be spoiled by the tests that need a bad one."""

from datetime import UTC, date, datetime
from typing import Any

from office.stores.facts import Alert, Fact, Period
from office.stores.keyroom import KeyGrant, OfficeKey, Staff
from office.stores.mailbox import Draft, Envelope, Receipt, Reply, Throttle


def an_envelope(**other: Any) -> Envelope:
    told: dict[str, Any] = {
        "kind": "report",
        "case_number": "K4T72MPX9",
        "reporter_public_key": b"r" * 32,
        "reporter_key_version": 1,
        "iso_week": "2026-W47",
        "language": "ar",
        "channel_code": "web",
        "urgency_code": "normal",
        "routing_code": "normal",
        "key_name": "story.1",
        "sealed_story": b"s" * 4096,
    }
    return Envelope(**told | other)


def a_receipt(**other: Any) -> Receipt:
    told: dict[str, Any] = {
        "case_number": "K4T72MPX9",
        "salt": b"a" * 16,
        "proof_hash": b"p" * 32,
        "reporter_public_key": b"r" * 32,
        "opened_week": "2026-W47",
    }
    return Receipt(**told | other)


def a_reply(**other: Any) -> Reply:
    told: dict[str, Any] = {
        "case_number": "K4T72MPX9",
        "reporter_key_version": 1,
        "iso_week": "2026-W48",
        "sealed": b"s" * 4096,
    }
    return Reply(**told | other)


def a_draft(**other: Any) -> Draft:
    told: dict[str, Any] = {"lookup": b"l" * 32, "sealed": b"s", "expires_on": date(2099, 1, 1)}
    return Draft(**told | other)


def a_throttle(**other: Any) -> Throttle:
    told: dict[str, Any] = {"bucket": "b" * 64, "wrong_tries": 2}
    return Throttle(**told | other)


def a_fact(**other: Any) -> Fact:
    told: dict[str, Any] = {
        "source": "live",
        "period_basis": "registration",
        "month": "2026-11",
        "ground_codes": "age sex",
        "channel_code": "web",
        "language": "es",
        "stage_code": "received",
        "person_group": 2**62,
        "respondent_group": 2,
        "incident_group": 3,
    }
    return Fact(**told | other)


def a_period(**other: Any) -> Period:
    return Period(**{"source": "live", "quarter": "2026-Q4", "state": "open"} | other)


def an_alert(**other: Any) -> Alert:
    made_at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    told: dict[str, Any] = {"kind": "surge", "payload": {"count": 9}, "made_at": made_at}
    return Alert(**told | other)


def a_member_of_staff(**other: Any) -> Staff:
    told: dict[str, Any] = {"sign_in_name": "amparo", "display_name": "Amparo", "role_code": "adviser"}
    return Staff(**told | other)


def an_office_key(**other: Any) -> OfficeKey:
    told: dict[str, Any] = {
        "name": "story",
        "version": 1,
        "public_key": b"k" * 32,
        "made_on": date(2026, 1, 1),
    }
    return OfficeKey(**told | other)


def a_key_grant(holder: Staff, **other: Any) -> KeyGrant:
    told: dict[str, Any] = {
        "key_name": "story.1",
        "holder_id": holder.id,
        "sealed_private_key": b"s" * 80,
        "granted_on": date(2026, 1, 1),
    }
    return KeyGrant(**told | other)
