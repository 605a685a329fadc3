"""Scenario 4: what supervisors are told by mail once a week."""

import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import text

from tests.casework.deadlines.clocks import day_fields, name_lawyer, path, scan, told_on, version, with_clocks
from tests.casework.deadlines.reminding import by_command
from tests.casework.desk import Desk
from tests.casework.notices.post_office import MailServer, by_mail, mail_server, mailer
from tests.casework.notices.test_mailer import words
from tests.casework.tracks.steps import opened, remedy

TO = "supervision@office.example head@office.example"


def weekly(desk: Desk, server: MailServer, **settings: object) -> subprocess.CompletedProcess[str]:
    told = mailer(desk, on="2026-11-27", weekly_to=TO, **by_mail(server), **settings)
    told.settings.pop("NOTICE_KEY")
    return subprocess.run(
        [sys.executable, "-m", "casework", "weekly-mail"],
        env=told.environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_scenario_4_a_case_without_a_scan_stands_in_the_weekly_mail(desk: Desk) -> None:
    """Opened on Monday 23 November 2026, mailed on Friday 27: Tuesday to Thursday were three working days."""
    unseen = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    looked_at = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    laila = desk.signed_in("laila")
    # LJCA art. 115, ten working days from 9, 13, 16 and 20 November: to 23, 27 and 30 November, 4 December.
    for day in (9, 13, 16, 20):
        scan(desk, laila, looked_at, date(2026, 11, day), "court_admin_fundamental")
    one = opened(desk, laila, looked_at, "civil")
    for day in (26, 27):  # the second is to be looked at today: it is not late
        on = day_fields("check_on", date(2026, 11, day))
        assert remedy(desk, laila, looked_at, one, "apology", **on).status_code == 303
    with mail_server() as server:
        done = weekly(desk, server)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert done.stdout == "the weekly mail was sent\n"
    assert sorted(to for _, recipients, _ in server.letters for to in recipients) == sorted(TO.split())
    _, _, letter = server.letters[0]
    assert words(letter).splitlines() == [
        "Con el último día pasado y sin resolver: 1",
        "Último día hoy: 1",
        "Último día en siete días: 3",
        "Sin confirmar por una persona abogada: 4",
        "Sin revisar qué plazos corren, pasados tres días hábiles: 1",
        "Reparaciones que nadie ha mirado el día anotado: 1",
        "Señalamientos hoy o en siete días: 0",
        "",
        "Cuáles son se ve en la Mesa, con tu propio acceso.",
    ]
    everything = b"".join(server.raw).decode() + done.stdout
    for secret in (unseen.case_number, looked_at.case_number, "Laila", "discrimina", "expediente"):
        assert secret not in everything and secret not in words(letter)


def test_a_case_against_the_city_is_counted_in_no_line(desk: Desk) -> None:
    """Whoever holds only the other keys may compare the mail with the desk."""
    unseen = desk.a_case("amparo", city=True, **told_on(date(2026, 11, 20)))
    looked_at = desk.a_case("amparo", city=True, **told_on(date(2026, 11, 20)))
    amparo = desk.signed_in("amparo")
    for day in (9, 13, 16):
        scan(desk, amparo, looked_at, date(2026, 11, day), "court_admin_fundamental")
    on = day_fields("check_on", date(2026, 11, 26))
    one = opened(desk, amparo, looked_at, "civil")
    assert remedy(desk, amparo, looked_at, one, "apology", **on).status_code == 303
    assert desk.case(unseen).routing_code == desk.case(looked_at).routing_code == "city"
    with mail_server() as server:
        assert weekly(desk, server, weekly_language="en").returncode == 0
    assert [line.rpartition(": ")[2] for line in words(server.letters[0][2]).splitlines()[:6]] == ["0"] * 6


def test_what_is_settled_or_confirmed_is_not_asked_for_again(desk: Desk) -> None:
    reporter = desk.a_case("laila", **told_on(date(2026, 11, 20)))
    name_lawyer(desk)
    laila = desk.signed_in("laila")
    (row,) = scan(desk, laila, reporter, date(2026, 11, 20), "court_admin_fundamental")
    own = f"{path(reporter)}/deadlines/{row.id}"
    assert laila.post(f"{own}/confirming", data={"version": version(desk, reporter)}).status_code == 303
    with mail_server() as server:
        assert weekly(desk, server, weekly_language="en").returncode == 0
    assert "Confirmed by no lawyer: 0" in words(server.letters[0][2])


def test_somebody_whom_the_server_refuses_is_said_and_the_others_get_it(desk: Desk) -> None:
    with mail_server() as server:
        server.refuses.add("supervision@office.example")
        done = weekly(desk, server)
    assert done.returncode == 3, "to send it again would mail the others twice"
    assert "1" in done.stderr and "supervision" not in done.stderr
    assert [recipients for _, recipients, _ in server.letters] == [["head@office.example"]]


def test_an_address_that_is_none_is_a_wrong_setting_and_is_not_repeated(desk: Desk) -> None:
    with mail_server() as server:
        told = mailer(desk, weekly_to="nobody at all", **by_mail(server))
        done = subprocess.run(
            [sys.executable, "-m", "casework", "weekly-mail"],
            env=told.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2 and "weekly_to" in done.stderr.lower()
    assert server.letters == []


def test_who_counts_for_the_mail_cannot_tell_whose_deadlines_they_are(desk: Desk) -> None:
    """The wall is in the store: the role sees days and states, and no case number."""
    desk.a_case("laila")
    with desk._as("casework", "weekly")() as session:
        assert session.execute(text("SELECT count(*) FROM case_file WHERE closed_on IS NULL")).scalar() == 1
        for forbidden in (
            "SELECT reference FROM case_file",
            "SELECT assigned_to FROM case_file",
            "SELECT route_code FROM deadline",
            "SELECT sealed FROM deadline_words",
        ):
            try:
                session.execute(text(forbidden))
            except Exception as error:
                assert type(error).__name__ in ("NotGranted", "DatabaseError"), error
            else:
                raise AssertionError(forbidden)


def test_a_mail_server_that_is_down_loses_no_weekly_mail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command ends with an error, so that the timer tries again; then everybody gets all of it, once."""
    with_clocks(desk, "laila")
    with mail_server() as server:
        pass
    assert by_command(desk, monkeypatch, "weekly-mail", server, weekly_to=TO) == 1
    assert "was sent" not in capsys.readouterr().out
    with mail_server() as server:
        assert by_command(desk, monkeypatch, "weekly-mail", server, weekly_to=TO) == 0
    assert sorted(to for _, recipients, _ in server.letters for to in recipients) == sorted(TO.split())
    assert "Sin confirmar por una persona abogada: 2" in words(server.letters[0][2])
