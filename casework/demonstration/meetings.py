"""Invented hours, a clinic, appointments, a letter and a wall, so that each has something to be seen."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sqlmodel import Session, col, select

from casework.acts import Act
from casework.appointments.actions import Hand, book, offer
from casework.appointments.queries import standing
from casework.appointments.sites import Place, note_site
from casework.appointments.slots import Hours, make_clinic, make_slots
from casework.appointments.tables import MeetingSite, MeetingSlot
from casework.cases.tables import CaseFile
from casework.demonstration.invention import at_work
from casework.letters.actions import begin
from casework.letters.content import LetterText
from casework.letters.shelf import templates
from casework.tasks.on_hold import is_held
from casework.walls.raising import Confirmed, raise_wall
from casework.walls.rules import BY_PEOPLE
from office.languages import language
from office.stores.keyroom import Staff

LIBRARY: Final = Place(
    kind="stop",
    name="Biblioteca de barrio (inventada)",
    address="Plaza Inventada, 3",
    at_the_door="Sala de la entrada, a la derecha (inventado).",
    step_free=True,
    languages=("es", "ca-valencia", "ar"),
    is_shut=False,
    rooms=(),
)
IN_DAYS: Final = 5
ANSWER_IN_DAYS: Final = 3
SERVICE: Final = "housing"
LETTER: Final = {
    "recipient": "Inmobiliaria Inventada, S. L.",
    "recipient_address": "Calle Inventada, 1\n46001 València",
    "event_day": "hace dos semanas (inventado)",
    "facts": "Dijeron por teléfono que el piso ya no estaba, y siguió anunciado (inventado).",
    "request": "Que se disculpen por escrito y enseñen el piso (inventado).",
    "answer_by": "dentro de quince días (inventado)",
}


def add_meetings(
    session: Session, act: Act, act_of: Callable[[Staff, date], Act], adviser: Staff, home: Path
) -> None:
    """Open hours and a clinic, offer one appointment and book another, begin a letter, name a service."""
    day = at_work(act.on + timedelta(days=IN_DAYS))
    note_site(session, None, LIBRARY, act, 0)
    site = session.exec(select(MeetingSite)).one()
    make_clinic(
        session,
        Hours(day, 17 * 60, 19 * 60, 30),
        act,
        site_id=site.id,
        desks=1,
        walk_ins=2,
        run_by=adviser.id,
    )
    make_slots(
        session,
        Hours(day, 10 * 60, 12 * 60, 30),
        "phone",
        act_of(adviser, act.on),
        site_id=None,
        room_id=None,
    )
    wanted = (
        select(MeetingSlot)
        .where(col(MeetingSlot.for_walk_ins).is_(False))
        .where(MeetingSlot.way_code == "clinic")
    )
    hours = session.exec(wanted.order_by(col(MeetingSlot.minute), col(MeetingSlot.id))).all()
    open_ones = (
        select(CaseFile)
        .where(
            CaseFile.assigned_to == adviser.id,
            col(CaseFile.closed_on).is_(None),
            col(CaseFile.reporter_public_key).is_not(None),
            CaseFile.routing_code == "normal",
            ~is_held(act.on),
        )
        .order_by(col(CaseFile.opened_on).desc(), col(CaseFile.reference))
    )
    free = session.exec(open_ones.limit(3)).all()  # another seed may have fewer
    for case, is_booked in zip(free, (False, True), strict=False):
        hand = Hand(session, case, act, language("es", "staff"))
        row = offer(hand, hours[:2], act.on + timedelta(days=ANSWER_IN_DAYS), "", None, 0)
        if is_booked:
            book(hand, hours[0].id, "", standing(session, case, row, act), row.version)
    for case in free[2:]:
        _begin_letter(session, case, act, home)
    _name_service(session, act)


def _begin_letter(session: Session, case: CaseFile, act: Act, home: Path) -> None:
    template = templates(home)["recordings"]
    fields = {code: text for code, text in LETTER.items() if code in template.fields("es")}
    begin(session, case, template, LetterText(language="es", fields=fields), act)


def _name_service(session: Session, act: Act) -> None:
    """Say of one case against the city which service it is about."""
    wanted = select(CaseFile).where(CaseFile.routing_code == "city", col(CaseFile.closed_on).is_(None))
    case = session.exec(wanted.order_by(col(CaseFile.opened_on), col(CaseFile.reference))).first()
    if case is not None:
        raise_wall(session, case, BY_PEOPLE, act, confirmed=Confirmed(SERVICE))
