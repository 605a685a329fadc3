"""Words about a pattern that are written while a case of it gets a new key, on PostgreSQL."""

import pytest
from sqlmodel import select

from casework.cases.tables import CaseFile
from tests.casework.conflicts.people import declare
from tests.casework.on_postgres.conftest import PostgresDesk
from tests.casework.on_postgres.waiting import at_once
from tests.casework.patterns.litigating import propose
from tests.casework.patterns.test_litigation import words
from tests.casework.patterns.test_patterns import agreed

pytestmark = pytest.mark.postgres


def test_words_written_while_a_case_gets_a_new_key_are_under_the_new_one_on_postgresql(
    desk: PostgresDesk,
) -> None:
    found, address = agreed(desk)
    laila, vicent = desk.signed_in("laila"), desk.signed_in("vicent")
    one = desk.case(found[0])
    with desk.reading() as session:
        session.exec(select(CaseFile).where(CaseFile.id == one.id).with_for_update()).one()
        with (
            at_once(desk, lambda: declare(vicent, found[0])) as begun,
            at_once(desk, lambda: propose(laila, address, 1), beside=1) as followed,
        ):
            session.rollback()
    assert [act.result().status_code for act in (*begun, *followed)] == [303, 303]
    renewed = desk.case(found[0]).key_version
    assert renewed == one.key_version + 1
    assert {row.key_version for row in words(desk) if row.case_id == one.id} == {renewed}
    assert len(words(desk)) == len(found)
