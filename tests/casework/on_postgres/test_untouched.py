"""A case nobody did anything with waits for another adviser, on the engine of a real office."""

import pytest

from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_an_untouched_case_waits_for_another_adviser_on_postgresql(desk: PostgresDesk) -> None:
    reporter = desk.a_case("laila")
    desk.signed_in("laila").get(f"/es/cases/{reporter.case_number}")
    waiting = "/es/cases?whose=all&which=conflict&state=new"
    assert reporter.case_number not in desk.signed_in("amparo").get(waiting).text
    desk.clock.move(days=4)  # given on Monday: Tuesday to Thursday are over
    amparo = desk.signed_in("amparo")
    for query in (waiting, "/es/cases?whose=all&which=untouched"):
        assert reporter.case_number in amparo.get(query).text
