"""Appointments of the team: how many were missed, and the week of everybody, of the cases one may open."""

from datetime import timedelta

from tests.casework.appointments.meeting import TUESDAY, agree, do, hours, slots
from tests.casework.conflicts.people import declare
from tests.casework.desk import Desk, Reporter, said


def booked(desk: Desk, name: str) -> Reporter:
    """A case of somebody with an appointment by video on Tuesday."""
    reporter, person = desk.a_case(name), desk.signed_in(name)
    hours(person, "video", until="10:00")
    mine = [one for one in slots(desk, state="free") if one.staff_id == desk.staff_id(name)]
    assert agree(person, reporter, mine[:1], "book", join_by="Sala.").status_code == 303
    return reporter


def test_the_missed_are_a_number_and_a_share_of_the_team_and_nobodys(desk: Desk) -> None:
    assert "no hay ninguna cita" in said(desk.signed_in("amparo").get("/es/supervision").text)
    cases = {name: booked(desk, name) for name in ("laila", "pau")}
    desk.clock.at += timedelta(days=(TUESDAY - desk.clock.now().date()).days)
    for name, came in (("laila", "yes"), ("pau", "no")):
        person = desk.signed_in(name)
        if came == "yes":
            do(desk, person, cases[name], "interpreter", interpreting="none")
        assert do(desk, person, cases[name], "coming", came=came).status_code == 303
    page = said(desk.signed_in("amparo").get("/es/supervision").text)
    told = page.partition("De las citas de los últimos")[2].partition("A quien no pudo venir")[0]
    assert "vino a 1 y no vino a 1: faltó a un 50" in told
    assert "Laila" not in told and "Pau" not in told
    assert desk.signed_in("laila").get("/es/supervision").status_code == 404


def test_a_supervisor_sees_the_week_of_the_team_and_nobody_else_does(desk: Desk) -> None:
    hers, his = booked(desk, "laila"), booked(desk, "pau")
    amparo, week = desk.signed_in("amparo"), f"/es/agenda/team?from={TUESDAY.isoformat()}"
    assert 'href="/es/agenda/team"' in amparo.get("/es/agenda").text
    page = amparo.get(week).text
    for reporter, name in ((hers, "Laila"), (his, "Pau")):
        assert f'href="/es/cases/{reporter.case_number}/appointments"' in page and name in page
    assert "No hay ninguna cita en esta semana." in said(amparo.get("/es/agenda/team").text)
    laila = desk.signed_in("laila")
    assert laila.get(week).status_code == 404 and "agenda/team" not in laila.get("/es/agenda").text


def test_of_a_case_out_of_which_one_keeps_the_week_tells_nothing(desk: Desk) -> None:
    hers = booked(desk, "laila")
    amparo = desk.signed_in("amparo")
    assert declare(amparo, hers).status_code == 303
    assert amparo.get(f"/es/cases/{hers.case_number}").status_code == 404
    assert hers.case_number not in amparo.get(f"/es/agenda/team?from={TUESDAY.isoformat()}").text
