"""Opening a store: who sees what, what is kept, and what is said when it cannot be."""

import stat
import threading
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, delete, select, update

from office.stores import migrate
from office.stores.doors import bring
from office.stores.engines import open_store, sessions
from office.stores.errors import NotGranted, StoreAddressInvalid, StoreUnavailable
from office.stores.facts import Alert, Fact, Period
from office.stores.keyroom import KeyGrant, Staff
from office.stores.mailbox import Draft, Envelope, Receipt, Reply, Throttle

from . import rows
from .conftest import Office

PROOF = b"proof"


def test_the_form_puts_an_envelope_in_and_only_the_courier_can_take_it_out(office: Office) -> None:
    envelope = rows.an_envelope()
    with sessions(office.open("mailbox", "intake")).begin() as form:
        form.add(envelope)
    assert envelope.case_number == "K4T72MPX9"  # nothing is read back
    with sessions(office.open("mailbox", "intake"))() as form, pytest.raises(NotGranted):
        form.exec(select(Envelope)).all()

    with sessions(office.open("mailbox", "courier")).begin() as courier:
        (taken,) = courier.exec(select(Envelope)).all()
        assert (taken.id, taken.sealed_story) == (envelope.id, b"s" * 4096)
        courier.delete(taken)
    with sessions(office.open("mailbox"))() as owner:
        assert owner.exec(select(Envelope)).all() == []


def test_the_form_finds_a_receipt_and_the_replies_to_it_by_what_the_resident_brings(office: Office) -> None:
    with sessions(office.open("mailbox", "intake")).begin() as form:
        form.add(rows.a_receipt(proof_hash=sha256(PROOF).digest()))
        form.add(rows.a_receipt(case_number="000000000"))
    with sessions(office.open("mailbox", "courier")).begin() as courier:
        courier.add(rows.a_reply())
        courier.add(rows.a_reply(case_number="000000000"))
        courier.execute(
            update(Receipt)
            .where(col(Receipt.case_number) == "K4T72MPX9")
            .values(case_public_key=b"c" * 32, case_key_version=1)
        )
    until = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with sessions(office.open("mailbox", "intake")).begin() as form:
        bring(form, case_number="K4T72MPX9", proof=PROOF)
        receipt = form.get(Receipt, "K4T72MPX9")
        assert receipt is not None and receipt.case_public_key == b"c" * 32
        receipt.wrong_tries, receipt.blocked_until = 5, until
        replies = form.exec(select(Reply).where(Reply.case_number == "K4T72MPX9")).all()
        assert len(replies) == 1
    with sessions(office.open("mailbox"))() as owner:
        kept = owner.get(Receipt, "K4T72MPX9")
        assert kept is not None and (kept.wrong_tries, kept.blocked_until) == (5, until)


def test_a_draft_is_kept_found_changed_and_swept(office: Office) -> None:
    form_sessions = sessions(office.open("mailbox", "intake"))
    with form_sessions.begin() as form:
        form.add(rows.a_draft())
        form.add(rows.a_draft(lookup=b"o" * 32, expires_on=date(2020, 1, 1)))
    with form_sessions.begin() as form:
        bring(form, lookup=b"l" * 32)
        draft = form.get(Draft, b"l" * 32)
        assert draft is not None
        draft.sealed = b"more"
    with form_sessions.begin() as form:
        form.execute(delete(Draft).where(col(Draft.expires_on) < date(2026, 11, 23)))
    with sessions(office.open("mailbox"))() as owner:
        assert [(each.lookup, each.sealed) for each in owner.exec(select(Draft))] == [(b"l" * 32, b"more")]


@pytest.mark.postgres
def test_on_postgresql_the_form_sees_no_row_whose_proof_it_does_not_bring(installed: Office) -> None:
    with sessions(installed.open("mailbox")).begin() as owner:
        for number in ("K4T72MPX9", "000000000"):
            owner.add(rows.a_receipt(case_number=number, proof_hash=sha256(PROOF).digest()))
            owner.add(rows.a_reply(case_number=number))
        owner.add(rows.a_draft())
        bucket = sha256(b"number nobody has 222222222").hexdigest()
        owner.add(rows.a_throttle(bucket=bucket, blocked_until=datetime(2099, 1, 1, tzinfo=UTC)))
    maker = sessions(installed.open("mailbox", "intake"))

    def seen(**brought: Any) -> tuple[int, ...]:
        with maker.begin() as form:
            bring(form, **brought)
            assert len(form.exec(select(Throttle)).all()) == (brought.get("case_number") == "222222222")
            return tuple(len(form.exec(select(table)).all()) for table in (Receipt, Reply, Draft))

    assert seen() == (0, 0, 0)
    assert seen(case_number="K4T72MPX9") == (1, 0, 0)
    assert seen(case_number="K4T72MPX9", proof=b"another") == (1, 0, 0)
    assert seen(case_number="K4T72MPX9", proof=PROOF) == (1, 1, 0)
    assert seen(case_number="222222222") == (0, 0, 0)
    assert seen(proof=PROOF) == (0, 0, 0)
    assert seen(lookup=b"l" * 32) == (0, 0, 1)
    assert seen(lookup=b"x" * 32) == (0, 0, 0)
    assert seen() == (0, 0, 0)  # what was brought ended with its transaction
    with maker.begin() as form:
        form.execute(update(Receipt).values(wrong_tries=9))
        form.execute(delete(Draft))
        form.execute(update(Throttle).values(wrong_tries=9))
        form.execute(delete(Throttle))
    with sessions(installed.open("mailbox"))() as owner:
        assert [each.wrong_tries for each in owner.exec(select(Throttle))] == [2]
        assert [each.wrong_tries for each in owner.exec(select(Receipt))] == [0, 0]
        assert len(owner.exec(select(Draft)).all()) == 1


def test_the_hand_over_replaces_facts_the_observatory_reads_them_and_the_alert_reader_hears(
    office: Office,
) -> None:
    with sessions(office.open("facts", "handover")).begin() as handover:
        handover.add(rows.a_fact(month="2026-10"))
    with sessions(office.open("facts", "handover")).begin() as handover:
        handover.execute(delete(Fact).where(col(Fact.source) == "live"))
        handover.add(rows.a_fact())
    with sessions(office.open("facts", "observatory")).begin() as observatory:
        (fact,) = observatory.exec(select(Fact)).all()
        assert (fact.month, fact.person_group) == ("2026-11", 2**62)
        period = rows.a_period()
        observatory.add(period)
        observatory.add(rows.an_alert())
    with sessions(office.open("facts", "observatory")).begin() as observatory:
        kept = observatory.get(Period, ("live", "2026-Q4"))
        assert kept is not None
        kept.state, kept.release_name = "released", "2026Q4.1"
    with sessions(office.open("facts", "alert_reader")).begin() as reader:
        (alert,) = reader.exec(select(Alert)).all()
        assert alert.payload == {"count": 9}
        assert alert.made_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_instant_is_kept_in_utc_and_comes_back_knowing_it(office: Office) -> None:
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    with sessions(office.open("facts")).begin() as owner:
        owner.add(rows.an_alert(made_at=summer))
    with sessions(office.open("facts"))() as owner:
        (alert,) = owner.exec(select(Alert)).all()
        assert alert.made_at == summer
        assert alert.made_at.utcoffset() == timedelta(0)
        assert owner.exec(select(Alert).where(col(Alert.made_at) < summer + timedelta(seconds=1))).all()


BAD: list[tuple[str, SQLModel]] = [
    ("mailbox", rows.an_envelope(kind="complaint")),
    ("mailbox", rows.an_envelope(case_number="K4T72MPX")),
    ("mailbox", rows.an_envelope(iso_week="2026-11-")),
    ("mailbox", rows.an_envelope(urgency_code="at once")),
    ("mailbox", rows.an_envelope(language="x" * 21)),
    ("mailbox", rows.an_envelope(reporter_public_key=b"short")),
    ("mailbox", rows.an_envelope(sealed_story=b"s" * (1_114_112 + 1))),
    ("mailbox", rows.an_envelope(sealed_contact=b"s")),
    ("mailbox", rows.an_envelope(statistics_key_name="statistics.1")),
    ("mailbox", rows.a_receipt(salt=b"a" * 15)),
    ("mailbox", rows.a_receipt(wrong_tries=-1)),
    ("mailbox", rows.a_receipt(case_public_key=b"c" * 32)),
    ("mailbox", rows.a_throttle(bucket="x" * 101)),
    ("mailbox", rows.a_draft(lookup=b"short")),
    ("facts", rows.a_fact(month="2026-13")),
    ("facts", rows.a_fact(month="2026/11")),
    ("facts", rows.a_fact(source="elsewhere")),
    ("facts", rows.a_fact(source="imported:")),
    ("facts", rows.a_fact(ground_codes="")),
    ("facts", rows.a_fact(period_basis="guess")),
    ("facts", rows.a_period(state="released")),
    ("facts", rows.a_period(state="open", release_name="2026Q4.1")),
    ("facts", rows.a_period(quarter="2026-11")),
    ("casework", rows.a_member_of_staff(role_code="mayor")),
    ("casework", rows.a_member_of_staff(public_key=b"k" * 32)),
    ("casework", rows.an_office_key(version=0)),
    ("casework", rows.a_key_grant(rows.a_member_of_staff())),
]


def test_a_row_that_breaks_a_rule_is_refused_by_the_store_itself(office: Office) -> None:
    kept = []
    for store, row in BAD:
        with sessions(office.open(store))() as owner:
            owner.add(type(row)(**row.model_dump()))
            try:
                owner.commit()
                kept.append(row)
            except Exception as error:
                if "IntegrityError" not in type(error).__name__ and "DataError" not in type(error).__name__:
                    raise
    assert kept == []


def test_a_holder_of_keys_cannot_be_removed_while_a_grant_names_them(office: Office) -> None:
    holder = rows.a_member_of_staff()
    with sessions(office.open("casework")).begin() as owner:
        owner.add(holder)
        owner.flush()
        owner.add(rows.a_key_grant(holder))
    with sessions(office.open("casework"))() as owner:
        owner.delete(owner.get(Staff, holder.id))
        with pytest.raises(IntegrityError):
            owner.commit()
    with sessions(office.open("casework"))() as owner:
        assert len(owner.exec(select(KeyGrant)).all()) == 1


def test_a_file_is_made_for_the_owner_alone_and_only_by_the_owner(embedded: Office) -> None:
    path = embedded.folder / "private" / "mailbox.sqlite"
    path.parent.mkdir(mode=0o700)
    url = f"sqlite:///{path}"
    engine = open_store(url, role="intake", store="mailbox")
    with pytest.raises(StoreUnavailable) as refused, engine.connect():
        pass
    assert refused.value.detail == {"store": "mailbox", "reason": "gone"}
    assert not path.exists()

    migrate.upgrade("mailbox", url)
    with engine.connect() as connection:
        for name, value in (("journal_mode", "wal"), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
        connection.execute(text("DELETE FROM throttle"))
        connection.commit()
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    engine.dispose()


def test_two_transactions_do_not_decide_on_the_same_row_at_once_on_sqlite(embedded: Office) -> None:
    with sessions(embedded.open("mailbox")).begin() as owner:
        owner.add(rows.a_throttle(bucket="b", wrong_tries=0))
    engine = embedded.open("mailbox", "intake")

    def count_ten() -> None:
        for _ in range(10):
            with sessions(engine).begin() as form:
                found = form.get(Throttle, "b")
                if found is not None:
                    found.wrong_tries += 1

    threads = [threading.Thread(target=count_ten) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with sessions(embedded.open("mailbox"))() as owner:
        kept = owner.get(Throttle, "b")
        assert kept is not None and kept.wrong_tries == 40


@pytest.mark.parametrize(
    ("url", "store"),
    [
        ("", "mailbox"),
        ("sqlite://", "mailbox"),
        ("sqlite:///:memory:", "mailbox"),
        ("mysql://here/mailbox", "mailbox"),
        ("nonsense", "facts"),
        ("sqlite:///x", "shelf"),
    ],
)
def test_an_address_of_no_known_engine_is_refused(url: str, store: str) -> None:
    with pytest.raises(StoreAddressInvalid):
        open_store(url, role="owner", store=store)
