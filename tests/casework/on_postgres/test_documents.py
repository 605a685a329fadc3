"""Documents on PostgreSQL: two at one time, sealed anew, void; nothing of them is deleted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.documents.tables import CaseDocument, DocumentPiece
from office.sealing.pieces import PIECE_BYTES
from office.stores.errors import NotGranted
from tests.casework.desk import said
from tests.casework.documents.adding import TEXT, add, documents, path, void
from tests.casework.on_postgres.conftest import PostgresDesk

pytestmark = pytest.mark.postgres


def test_documents_pass_the_grants_and_keep_their_numbers_on_postgresql(desk: PostgresDesk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    long = TEXT * (PIECE_BYTES // len(TEXT) + 2)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: add(one, reporter, long), [laila, amparo] * 2))
    assert [one.status_code for one in answers] == [303] * 4
    assert [one.number for one in documents(desk, reporter)] == [1, 2, 3, 4]
    assert laila.get(path(reporter, 4, "file/original")).content == long
    assert void(laila, reporter, 2).status_code == 303
    assert laila.get(path(reporter, 2, "file")).status_code == 404
    given = {
        "version": str(desk.case(reporter).version),
        "adviser": str(desk.staff_id("pau")),
        "reason": "load",
    }
    assert amparo.post(f"/es/cases/{reporter.case_number}/adviser", data=given).status_code == 303
    assert "La trajo a la Mesa en papel." in said(desk.signed_in("pau").get(path(reporter, 1)).text)
    assert {one.key_version for one in documents(desk, reporter)} == {2}
    for row in (CaseDocument, DocumentPiece):
        with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
            session.delete(session.exec(select(row)).first())
    for change in ("case_document SET number = 9", "document_piece SET sealed = sealed"):
        with pytest.raises(NotGranted), desk.app.state.desk.sessions.begin() as session:
            session.execute(text(f"UPDATE {change}"))
