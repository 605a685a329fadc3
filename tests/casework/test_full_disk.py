"""A disk that fills up in the middle of an act: nothing is kept by halves, and no word is lost."""

from sqlmodel import select

from casework.deadlines.tables import LimitScan
from tests.casework.deadlines.clocks import path, version
from tests.casework.desk import Desk, said


def test_a_disk_that_fills_up_in_the_middle_of_an_act_keeps_nothing_and_gives_the_words_back(
    desk: Desk,
) -> None:
    """SQLite ends the whole transaction then, the one inside it too to which the act could go back."""
    reporter = desk.a_case("laila")
    laila, reason = desk.signed_in("laila"), "No corre ninguno, y esto no cabe. " * 50
    form = {"version": version(desk, reporter), "scan_reason": reason}
    with desk.app.state.desk.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_authorizer(None)
        driver.execute(f"PRAGMA max_page_count={driver.execute('PRAGMA page_count').fetchone()[0]}")
    for _ in range(40):  # the last page has room for a few lines yet
        answer = laila.post(f"{path(reporter)}/limits", data=form)
        if answer.status_code != 303:
            break
        form["version"] = version(desk, reporter)
    assert answer.status_code == 503
    assert "No corre ninguno, y esto no cabe." in said(answer.text)
    with desk.reading() as session:
        kept = len(session.exec(select(LimitScan)).all())
    assert desk.events(reporter).count("limits_scanned") == kept
