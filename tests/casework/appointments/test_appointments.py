"""Offering, choosing, cancelling: from the desk to the person's receipt and back."""

from datetime import date

from sqlmodel import select

from casework.appointments.tables import CaseAppointment
from casework.tasks.tables import CaseTask, NextAction
from office.handover.report import Languages
from tests.casework.appointments.meeting import (
    TUESDAY,
    a_place,
    agree,
    answer,
    do,
    hours,
    look,
    newest,
    slots,
    told,
)
from tests.casework.deadlines.clocks import at, day_fields
from tests.casework.desk import Desk, mistakes, said
from tests.casework.tasks.todo import note_way


def test_the_person_chooses_one_of_the_times_and_reads_that_it_is_theirs(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    place = a_place(desk, rooms="Sala 2")
    assert hours(laila, "place", where=f"site_{place}").status_code == 303
    free = slots(desk)
    assert [(one.on_day, one.minute) for one in free] == [(TUESDAY, m) for m in (540, 570, 600, 630)]
    assert agree(laila, reporter, free[:3]).status_code == 303
    offered = told(desk, reporter)
    assert (offered.state_code, offered.answer_by) == ("offered", date(2026, 11, 27))
    assert [(one.minute, one.place, one.step_free) for one in offered.times] == [
        (minute, "Biblioteca del Mar", True) for minute in (540, 570, 600)
    ]
    assert offered.times[0].at_the_door == "Tengo una cita con Laila."
    answer(desk, reporter, place=1, text="Llevo el contrato.")
    page = look(laila, reporter)
    assert "Reservada" in said(page) and "martes, 1 de diciembre de 2026, 9:30" in said(page)
    booked = told(desk, reporter)
    assert (booked.state_code, [one.minute for one in booked.times]) == ("booked", [570])
    assert [one.minute for one in slots(desk, state="taken")] == [570]
    assert {"appointment_offered", "booking_read", "appointment_chosen"} <= set(desk.events(reporter))
    row = newest(desk, reporter)
    assert (row.state_code, row.way_code, row.on_day) == ("booked", "place", TUESDAY)
    assert b"Biblioteca" not in row.sealed and b"contrato" not in row.sealed
    with desk.reading() as session:
        assert session.exec(select(NextAction.who_code)).one() == "person"


def test_a_time_that_somebody_else_has_by_then_is_said_kindly_with_others(desk: Desk) -> None:
    first, second = desk.a_case("laila"), desk.a_case("laila")
    laila = desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, first, "phone", "allowed")
    note_way(desk, laila, second, "phone", "allowed")
    free = slots(desk)
    for one in (first, second):
        assert agree(laila, one, free[:2]).status_code == 303
    answer(desk, first)
    answer(desk, second)
    look(laila, first)
    look(laila, second)
    assert told(desk, first).state_code == "booked"
    late = told(desk, second)
    assert (late.state_code, late.is_taken) == ("offered", True)
    assert [one.minute for one in late.times] == [570, 600, 630]  # the other one offered, then the nearest
    answer(desk, second)
    look(laila, second)
    assert [one.minute for one in told(desk, second).times] == [570]


def test_asking_for_others_and_cancelling_free_the_hour_and_the_last_word_counts(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    agree(laila, reporter, slots(desk)[:2])
    answer(desk, reporter)
    look(laila, reporter)
    answer(desk, reporter, "other_times", text="Trabajo por las mañanas.")
    assert "Trabajo por las mañanas." in said(
        laila.get(f"/es/cases/{reporter.case_number}/appointments").text
    )
    assert (told(desk, reporter).state_code, slots(desk, state="taken")) == ("asked", [])
    agree(laila, reporter, slots(desk)[2:])
    answer(desk, reporter)
    desk.clock.move(minutes=1)
    answer(desk, reporter, "cancel")
    look(laila, reporter)
    last = told(desk, reporter)
    assert (last.state_code, last.by_person) == ("cancelled", True)
    assert slots(desk, state="taken") == [] and newest(desk, reporter).state_code == "cancelled_person"
    assert agree(laila, reporter, slots(desk)[:2]).status_code == 303  # and another may be agreed


def test_never_phone_is_kept_when_times_are_offered_booked_and_chosen(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila)
    hours(laila, "video", first="12:00", until="13:00")
    note_way(desk, laila, reporter, "phone", "never")
    free = slots(desk)
    for wanted, how in ((free[:2], "offer"), (free[:1], "book")):
        refused = agree(laila, reporter, wanted, how)
        assert refused.status_code == 422 and "no es segur" in " ".join(mistakes(refused.text)).lower()
    assert slots(desk, state="taken") == []
    note_way(desk, laila, reporter, "phone", "allowed")
    agree(laila, reporter, free[:2])
    note_way(desk, laila, reporter, "phone", "never")
    answer(desk, reporter)  # they chose before they said so
    look(laila, reporter)
    assert told(desk, reporter).state_code == "asked" and slots(desk, state="taken") == []
    note_way(desk, laila, reporter, "receipt", "never")
    video = [one for one in free if one.way_code == "video"]
    assert agree(laila, reporter, video, join_by="La sala 12").status_code == 422
    number = told(desk, reporter).number
    assert agree(laila, reporter, video[:1], "book", join_by="La sala 12").status_code == 303
    assert told(desk, reporter).number == number  # nothing goes where it is never safe


def test_nobody_is_met_without_an_interpreter_who_needs_one(desk: Desk) -> None:
    reporter = desk.a_case("laila", languages=Languages(spoken="ar", interpreter_code="spoken"))
    laila = desk.signed_in("laila")
    place = a_place(desk)
    hours(laila, "place", where=f"site_{place}")
    agree(laila, reporter, slots(desk)[:1], "book")
    assert told(desk, reporter).interpreter == "needed"
    with desk.reading() as session:
        task = session.exec(select(CaseTask)).one()
    assert (task.due_on, task.state_code) == (date(2026, 11, 28), "open")  # three days before
    at(desk, TUESDAY)
    laila = desk.signed_in("laila")
    refused = do(desk, laila, reporter, "coming", came="yes")
    assert refused.status_code == 409 and newest(desk, reporter).state_code == "booked"
    assert do(desk, laila, reporter, "interpreter", interpreting="arranged").status_code == 422  # no name
    named = do(
        desk,
        laila,
        reporter,
        "interpreter",
        interpreting="arranged",
        who_interprets="Samira, 600 000 000",
        has_undertaken="yes",
    )
    assert named.status_code == 303 and told(desk, reporter).interpreter == "arranged"
    assert "Samira" not in repr(told(desk, reporter))
    with desk.reading() as session:
        assert session.exec(select(CaseTask.state_code)).one() == "done"
    assert do(desk, laila, reporter, "coming", came="yes").status_code == 303
    assert newest(desk, reporter).state_code == "attended"


def test_who_needs_no_steps_is_not_booked_where_there_are_some(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    steps = a_place(desk, step_free=False, name="Centro con escalera")
    level = a_place(desk, name="Biblioteca llana")
    hours(laila, "place", where=f"site_{steps}")
    hours(laila, "place", where=f"site_{level}", first="16:00", until="17:00")
    agree(laila, reporter, slots(desk)[:2])
    answer(desk, reporter, needs_step_free=True)
    look(laila, reporter)
    last = told(desk, reporter)
    assert (last.state_code, last.is_taken) == ("offered", True)
    assert {one.place for one in last.times} == {"Biblioteca llana"}


def test_a_no_show_is_no_contact_and_the_adviser_goes_on(desk: Desk) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    agree(laila, reporter, slots(desk)[:1], "book")
    assert do(desk, laila, reporter, "coming", came="no").status_code == 409  # not before its day
    assert desk.ask_to_close(reporter).status_code == 409
    at(desk, TUESDAY)
    laila = desk.signed_in("laila")
    stale = do(desk, laila, reporter, "coming", came="no", version="7")
    assert stale.status_code == 409
    assert do(desk, laila, reporter, "coming", came="no").status_code == 303
    with desk.reading() as session:
        action = session.exec(select(NextAction)).one()
    assert (action.who_code, action.by_on) == ("adviser", date(2026, 12, 3))
    assert do(desk, laila, reporter, "coming", came="yes").status_code == 409  # it is over


def test_nobody_came_after_all_before_it_is_noted_who_interpreted(desk: Desk) -> None:
    reporter = desk.a_case("laila", languages=Languages(spoken="ar", interpreter_code="spoken"))
    laila = desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    agree(laila, reporter, slots(desk)[:1], "book")
    at(desk, TUESDAY)
    laila = desk.signed_in("laila")
    assert do(desk, laila, reporter, "coming", came="no").status_code == 303
    page = laila.get(f"/es/cases/{reporter.case_number}/appointments").text
    assert page.count('name="who_interpreted"') == 1
    # Another is booked meanwhile, which asks who will interpret: what is over is corrected all the same.
    hours(laila, on=date(2026, 12, 9))
    later = day_fields("answer_by", date(2026, 12, 4))
    assert agree(laila, reporter, slots(desk, state="free")[-1:], "book", **later).status_code == 303
    with desk.reading() as session:
        over = session.exec(select(CaseAppointment).where(CaseAppointment.state_code == "no_show")).one()
    own = f"/es/cases/{reporter.case_number}/appointments"
    page = laila.get(own).text
    assert page.count('name="who_interpreted"') == page.count('name="who_interprets"') == 1
    assert page.count('name="interpreted"') == 3 and page.count('name="interpreting"') == 4, (
        "no open question"
    )
    came = {"was": "no_show", "attendance_reason": "Vino tarde."}
    number = {"interpreted": "arranged", "who_interpreted": "Samira, NIE X1234567L"}
    for heard in ({}, {"interpreted": "needed"}, {"interpreted": "arranged"}, number):
        refused = laila.post(f"{own}/{over.id}/correcting", data={**came, **heard})
        assert refused.status_code in (409, 422), heard
    assert '<bdi dir="ltr">X1234567L</bdi>' in refused.text
    named = {"interpreted": "arranged", "who_interpreted": "Samira"}
    assert laila.post(f"{own}/{over.id}/correcting", data={**came, **named}).status_code == 303
    with desk.reading() as session:
        row = session.exec(select(CaseAppointment).where(CaseAppointment.id == over.id)).one()
    assert (row.state_code, row.interpreter_code) == ("attended", "arranged") and b"Samira" not in row.sealed
    assert newest(desk, reporter).interpreter_code == "needed", "that of the next one is asked on its own"


def test_whether_they_came_is_corrected_with_a_reason_and_the_old_one_stays_in_the_timeline(
    desk: Desk,
) -> None:
    reporter, laila = desk.a_case("laila"), desk.signed_in("laila")
    hours(laila)
    note_way(desk, laila, reporter, "phone", "allowed")
    agree(laila, reporter, slots(desk)[:1], "book")
    early = do(desk, laila, reporter, "correcting", was="no_show", attendance_reason="Sí vino.")
    assert early.status_code == 409  # nothing is noted yet
    at(desk, TUESDAY)
    laila = desk.signed_in("laila")
    assert do(desk, laila, reporter, "coming", came="no").status_code == 303
    last = told(desk, reporter)
    at(desk, date(2026, 12, 2))
    laila = desk.signed_in("laila")
    unsaid = do(desk, laila, reporter, "correcting", was="no_show", attendance_reason="")
    assert unsaid.status_code == 422 and newest(desk, reporter).state_code == "no_show"
    right = {"was": "no_show", "attendance_reason": "Vino tarde, la atendió Pau."}
    assert do(desk, laila, reporter, "correcting", **right).status_code == 303
    row = newest(desk, reporter)
    assert (row.state_code, row.settled_on) == ("attended", date(2026, 12, 2))
    assert b"Pau" not in row.sealed and told(desk, reporter) == last  # the person is told nothing anew
    with desk.reading() as session:
        action = session.exec(select(NextAction)).one()
    assert (action.who_code, action.by_on) == ("adviser", date(2026, 12, 9))  # a week, as after a meeting
    assert do(desk, laila, reporter, "correcting", **right).status_code == 409  # from an older page
    page = said(laila.get(f"/es/cases/{reporter.case_number}/appointments").text)
    assert "Vino tarde, la atendió Pau." in page
    assert desk.events(reporter).count("appointment_missed") == 1
    assert "appointment_corrected" in desk.events(reporter)
    back = {"was": "attended", "attendance_reason": "Era otra persona."}
    assert do(desk, laila, reporter, "correcting", **back).status_code == 303
    with desk.reading() as session:
        action = session.exec(select(NextAction)).one()
    assert (newest(desk, reporter).state_code, action.by_on) == ("no_show", date(2026, 12, 4))


def test_nobody_and_no_room_is_needed_twice_at_one_time(desk: Desk) -> None:
    laila, pau = desk.signed_in("laila"), desk.signed_in("pau")
    a_place(desk, rooms="Sala 1")
    page = laila.get("/es/agenda").text
    room = page.partition('value="room_')[2].partition('"')[0]
    assert hours(laila, "place", where=f"room_{room}").status_code == 303
    assert hours(laila, first="10:45", until="11:15").status_code == 422  # she is there until eleven
    assert hours(pau, "place", where=f"room_{room}", first="9:00", until="9:30").status_code == 422
    assert hours(pau, first="9:00", until="9:30").status_code == 303
    assert len(slots(desk)) == 5
    own = next(one for one in slots(desk) if one.staff_id == desk.staff_id("laila"))
    assert pau.post(f"/es/agenda/{own.id}/giving-up").status_code == 409
    assert laila.post(f"/es/agenda/{own.id}/giving-up").status_code == 303
    assert hours(laila, first="9:00", until="9:30").status_code == 303  # the quarters are free again


def test_a_clinic_keeps_hours_for_who_comes_unasked(desk: Desk) -> None:
    first, second = desk.a_case("laila"), desk.a_case("laila")
    place, laila = a_place(desk), desk.signed_in("laila")
    data = {
        "clinic_site": str(place),
        "run_by": str(desk.staff_id("pau")),
        "hours_on-day": "1", "hours_on-month": "12", "hours_on-year": "2026",
        "first": "17:00", "until": "18:00", "length": "30", "desks": "2", "walk_ins": "1",
    }  # fmt: skip
    assert laila.post("/es/clinics", data=data).status_code == 404
    amparo = desk.signed_in("amparo")
    made = amparo.post("/es/clinics", data=data)
    assert made.status_code == 303
    assert amparo.post("/es/clinics", data=data).status_code == 422  # one a day at a place
    every = slots(desk)
    assert [one.minute for one in every] == [1020, 1020, 1050, 1050]
    assert sum(one.for_walk_ins for one in every) == 1
    kept = next(one for one in every if one.for_walk_ins)
    assert str(kept.id) not in laila.get(f"/es/cases/{first.case_number}/appointments").text
    day = made.headers["location"].partition("?")[0]
    given = {"walk_in": second.case_number, "slot": str(kept.id)}
    assert laila.post(f"{day}/walk-ins", data=given).status_code == 303
    assert newest(desk, second).is_walk_in and newest(desk, second).way_code == "clinic"
    pau = desk.signed_in("pau")  # who runs it holds neither case: hours, and nothing of whom
    seen = said(pau.get(day).text)
    assert "17:00" in seen and second.case_number[:4] not in seen
    assert pau.post(f"{day}/walk-ins", data={**given, "slot": str(every[0].id)}).status_code == 422
    assert second.case_number[:4] in said(laila.get(day).text)


def test_the_number_of_a_document_is_pointed_out_before_it_is_kept(desk: Desk) -> None:
    reporter, laila, amparo = desk.a_case("laila"), desk.signed_in("laila"), desk.signed_in("amparo")
    hours(laila, "video")
    text = "Con el NIE X1234567L"
    told = agree(laila, reporter, slots(desk)[:2], join_by=text)
    assert told.status_code == 422 and '<bdi dir="ltr">X1234567L</bdi>' in told.text and text in told.text
    assert agree(laila, reporter, slots(desk)[:2], join_by="Sala 1", numbers="keep").status_code == 303
    for field in ("who_interprets", "speaks_in"):
        refused = do(desk, laila, reporter, "interpreter", interpreting="arranged", **{field: text})
        assert refused.status_code == 422 and "<bdi" in refused.text
    place = {"site_kind": "library", "site_name": "Una", "site_address": "Otra"}
    for field in ("site_name", "site_address", "at_the_door", "new_rooms"):
        refused = amparo.post("/es/sites/new", data={**place, field: text})
        assert refused.status_code == 422 and "<bdi" in refused.text, field
