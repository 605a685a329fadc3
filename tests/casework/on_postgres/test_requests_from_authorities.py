"""The register of requests on PostgreSQL: only ever added to."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from office.stores.errors import NotGranted
from tests.casework.authority_requests.entries import FORM, REGISTER, SIGNED, entered, entry, signed
from tests.casework.desk import said
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_the_register_of_requests_from_authorities_is_only_added_to_on_postgresql(desk: PostgresDesk) -> None:
    first = entered(desk)
    signed(desk, first)
    second = entered(desk, "amparo", corrects=first)
    remei = desk.signed_in("remei")
    assert remei.post(f"{REGISTER}/{first}/signing", data=SIGNED).status_code == 409
    assert second in said(remei.get(REGISTER).text)
    assert f"{REGISTER}/{second}" not in remei.get(f"{REGISTER}?state=all&after={second}").text
    assert remei.get(f"{REGISTER}/2026").status_code == 200
    for change in (
        "UPDATE authority_answer SET answer_code = 'given'",
        "DELETE FROM authority_answer",
        "UPDATE authority_request SET legal_basis = ''",
        "DELETE FROM authority_request",
    ):
        with pytest.raises(NotGranted), desk._as("casework", "casework").begin() as session:
            session.execute(text(change))
    own = "INSERT INTO authority_answer SELECT id, entered_by, 'given', '', 'no', entered_on, entered_by"
    with pytest.raises(IntegrityError), desk._as("casework", "casework").begin() as session:
        session.execute(text(f"{own} FROM authority_request WHERE number = 2"))


def test_two_who_enter_a_request_at_once_get_two_numbers_on_postgresql(desk: PostgresDesk) -> None:
    people = [desk.signed_in(name) for name in ("iris", "laila", "pau", "amparo")]
    with ThreadPoolExecutor(len(people)) as at_once:
        answered = list(
            at_once.map(lambda person: person.post(FORM, data=entry()).headers["location"], people)
        )
    assert sorted(re.findall(r"R-2026-(\d+)", " ".join(answered))) == ["1", "2", "3", "4"]
