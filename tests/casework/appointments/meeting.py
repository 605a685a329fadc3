"""Hours, places and appointments on the desk under test, and what people answer with their receipt."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from starlette.testclient import TestClient

from casework.appointments.tables import CaseAppointment, MeetingSite, MeetingSlot
from office.handover.booking import Booking
from office.handover.reply import AppointmentTold
from office.sealing.boxes import seal
from tests.casework.deadlines.clocks import day_fields
from tests.casework.desk import Desk, Reporter

TUESDAY = date(2026, 12, 1)
"""Eight days after the Monday on which the desks of tests stand."""


def a_place(
    desk: Desk,
    *,
    step_free: bool = True,
    name: str = "Biblioteca del Mar",
    rooms: str = "",
    kind: str = "library",
) -> UUID:
    """Have a supervisor note a place; return its id."""
    data: dict[str, Any] = {
        "site_kind": kind,
        "site_name": name,
        "site_address": "carrer de la Reina 1",
        "at_the_door": "Tengo una cita con Laila.",
        "languages": ["es", "ar"],
        "new_rooms": rooms,
        **({"step_free": "yes"} if step_free else {}),
    }
    assert desk.signed_in("amparo").post("/es/sites/new", data=data).status_code == 303
    with desk.reading() as session:
        return session.exec(select(MeetingSite.id).where(MeetingSite.name == name)).one()


def hours(
    client: TestClient, way: str = "phone", *, on: date = TUESDAY, first: str = "9:00", until: str = "11:00",
    length: str = "30", where: str = "",
) -> Any:  # fmt: skip
    """Open hours, as the form of the agenda does."""
    data = {
        **day_fields("hours_on", on),
        "first": first,
        "until": until,
        "length": length,
        "meeting_way": way,
        "where": where,
    }
    return client.post("/es/agenda", data=data)


def slots(desk: Desk, *, state: str | None = None) -> list[MeetingSlot]:
    """Every hour there is, in order."""
    with desk.reading() as session:
        order = col(MeetingSlot.on_day), col(MeetingSlot.minute), col(MeetingSlot.for_walk_ins)
        found = session.exec(select(MeetingSlot).order_by(*order)).all()
        return [one for one in found if state in (None, one.state_code)]


def agree(
    client: TestClient, reporter: Reporter, chosen: list[MeetingSlot], do: str = "offer", **more: Any
) -> Any:
    """Offer or book times, as the form of a case does."""
    page = client.get(f"/es/cases/{reporter.case_number}/appointments").text
    data = {
        "slot": [str(one.id) for one in chosen],
        "do": do,
        **day_fields("answer_by", date(2026, 11, 27)),
        **{
            name: found.group(1)
            for name in ("appointment", "version")
            if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
        },
        **more,
    }
    return client.post(f"/es/cases/{reporter.case_number}/appointments", data=data)


def do(desk: Desk, client: TestClient, reporter: Reporter, what: str, **data: str) -> Any:
    """Do something with the newest appointment of a case: `cancelling`, `interpreter`, `coming`."""
    one = newest(desk, reporter)
    given = {"version": str(one.version), **data}
    return client.post(f"/es/cases/{reporter.case_number}/appointments/{one.id}/{what}", data=given)


def newest(desk: Desk, reporter: Reporter) -> CaseAppointment:
    """The newest appointment of a case."""
    with desk.reading() as session:
        wanted = select(CaseAppointment).where(CaseAppointment.case_id == desk.case(reporter).id)
        return session.exec(wanted.order_by(col(CaseAppointment.version).desc())).all()[0]


def told(desk: Desk, reporter: Reporter) -> AppointmentTold:
    """What the person was told last of their appointment."""
    every = [one.appointment for one in desk.replies(reporter) if one.appointment is not None]
    return max(every, key=lambda one: one.number)


def answer(
    desk: Desk, reporter: Reporter, what: str = "choose", place: int = 0,
    last: AppointmentTold | None = None, **more: Any,
) -> None:  # fmt: skip
    """Answer with the receipt what was told last: choose the time at `place`, ask for others, or cancel."""
    last = last or told(desk, reporter)
    said = Booking(
        **{
            "case_number": reporter.case_number,
            "told_at": desk.clock.now(),
            "appointment_id": last.appointment_id,
            "number": last.number,
            "answer": what,
            "time_id": last.times[place].id if what == "choose" else None,
            **more,
        }
    )
    name, public = desk.key_for(reporter)
    sealed = seal(said.as_bytes(), public, about=f"booking/{reporter.case_number}")
    desk.post("booking", reporter.case_number, name, sealed)
    desk.collect()


def opened(client: TestClient, reporter: Reporter) -> Any:
    """Open the page of the case, which takes over what the person answered."""
    return client.get(f"/es/cases/{reporter.case_number}")


def look(client: TestClient, reporter: Reporter) -> str:
    """The same, and return the page."""
    page = opened(client, reporter)
    assert page.status_code == 200
    return str(page.text)
