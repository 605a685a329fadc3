"""Somebody's deadlines, appointments and hearings in their own calendar, at a private address.

Whoever has the address reads it without signing in. So it tells days and case numbers, of a hearing its
hour too, and nothing else: of an appointment neither the hour, which lies sealed, nor where; of a hearing
neither what it is nor before whom. Its random part has 256 bits and is kept as a hash, a new one ends the old
one, and it dies with the account.
"""

import hashlib
import secrets
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event
from sqlmodel import Session, select

from casework.acts import Act
from casework.appointments.waiting import booked_for
from casework.deadlines.errors import NoSuchCalendar
from casework.deadlines.lists import of_calendar
from casework.deadlines.queries import clocks
from casework.deadlines.reminding import warned_on
from casework.deadlines.tables import CalendarFeed
from casework.hearings.standing import hearings_for
from casework.staff.rules import Permission, may
from casework.timeline.actions import record
from office.clock import day_in
from office.ids import shown
from office.languages import Language, language, mark
from office.stores.keyroom import Staff
from office.vocabulary import City

TITLE = mark("Case %(number)s: deadline")
UNCONFIRMED = mark("Case %(number)s: deadline, not confirmed")
ANSWER = mark("Case %(number)s: last day for an authority to answer")
ANSWER_UNCONFIRMED = mark("Case %(number)s: last day for an authority to answer, not confirmed")
APPOINTMENT = mark("Case %(number)s: appointment")
HEARING = mark("Case %(number)s: appointment at a fixed hour")
NAME = mark("Deadlines")
RINGS_AT = timedelta(hours=9)
SHOWN_FOR = timedelta(hours=1)
"""How long a hearing is in a calendar; nobody knows before how long it lasts."""


def make_feed(session: Session, act: Act, tag: str) -> str:
    """Return the random part of a new address of whoever acts; an older one ends with it."""
    _remove(session, act)
    token = secrets.token_urlsafe(32)
    session.add(CalendarFeed(staff_id=act.who.id, token_hash=token_hash(token), language=tag, made_on=act.on))
    session.flush()
    record(session, "calendar_made", at=act.at, by=act.who.id)
    return token


def end_feed(session: Session, act: Act) -> None:
    """End the address of whoever acts, if they have one."""
    if _remove(session, act):
        record(session, "calendar_ended", at=act.at, by=act.who.id)


def feed_of(session: Session, act: Act) -> CalendarFeed | None:
    """Return what is known of the address of whoever acts."""
    return session.get(CalendarFeed, act.who.id)


def read_feed(session: Session, token: str, city: City, *, at: datetime, demo: bool) -> bytes:
    """Return the calendar that lies at an address; that it was read is on the record once a day.

    Raises:
        NoSuchCalendar: the address is none, or old, or its owner works here no more or with no case.
    """
    wanted = select(CalendarFeed).where(CalendarFeed.token_hash == token_hash(token))
    feed = session.exec(wanted).first()
    person = session.get(Staff, feed.staff_id) if feed else None
    if feed is None or person is None or not _may_read(person, demo=demo):
        raise NoSuchCalendar
    today = day_in(city.zone, at)
    if feed.read_on != today:
        feed.read_on = today
        session.add(feed)
        record(session, "calendar_read", at=at, by=person.id)
    return _calendar(session, person, language(feed.language, "staff"), at, city)


def token_hash(token: str) -> bytes:
    """Return what is kept of the random part of an address."""
    return hashlib.sha256(token.encode()).digest()


def _may_read(person: Staff, *, demo: bool) -> bool:
    is_here = person.active and person.public_key is not None
    return is_here and may(person.role_code, Permission.CASES) and (demo or not person.is_demonstration)


def _remove(session: Session, act: Act) -> bool:
    feed = feed_of(session, act)
    if feed is None:
        return False
    session.delete(feed)
    session.flush()
    return True


def _calendar(session: Session, person: Staff, spoken: Language, at: datetime, city: City) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Convivencia//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", spoken.gettext(NAME))
    found = of_calendar(session, person.id)
    told = clocks(session, [row for row, _ in found], day_in(city.zone, at), city)
    for clock, (row, number) in zip(told, found, strict=True):
        event = Event()
        event.add("uid", f"{row.clock_id}@convivencia")
        event.add("dtstamp", at)
        event.add("dtstart", clock.due_on)
        event.add("dtend", clock.due_on + timedelta(days=1))
        is_confirmed = row.state == "confirmed"  # many calendars show no status, so the title says it too
        sure, unsure = (TITLE, UNCONFIRMED) if row.is_ours else (ANSWER, ANSWER_UNCONFIRMED)
        event.add("summary", spoken.gettext(sure if is_confirmed else unsure, number=shown(number)))
        event.add("status", "CONFIRMED" if is_confirmed else "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        for on in sorted({day for day, _ in warned_on(clock, city)}):
            if on >= clock.today:  # one that is past would ring whenever the calendar is read
                event.add_component(_alarm(str(event["summary"]), clock.due_on, on))
        calendar.add_component(event)
    for appointment, number in booked_for(session, person.id):
        event = Event()
        event.add("uid", f"{appointment.id}@convivencia")
        event.add("dtstamp", at)
        event.add("dtstart", appointment.on_day)
        event.add("dtend", (appointment.on_day or at.date()) + timedelta(days=1))
        event.add("summary", spoken.gettext(APPOINTMENT, number=shown(number)))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    for hearing, number in hearings_for(session, person.id):
        begins = datetime.combine(hearing.on_day, time(*divmod(hearing.minute, 60)), city.zone)
        event = Event()
        event.add("uid", f"{hearing.id}@convivencia")
        event.add("dtstamp", at)
        event.add("dtstart", begins.astimezone(UTC))  # then a program needs to know of no time zone
        event.add("dtend", (begins + SHOWN_FOR).astimezone(UTC))
        event.add("summary", spoken.gettext(HEARING, number=shown(number)))
        event.add("transp", "OPAQUE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(title: str, last_on: date, on: date) -> Alarm:
    """Return what rings on a day at nine, wherever the calendar is read, and says what the title says."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", RINGS_AT - (last_on - on))  # from the midnight in which the last day begins
    return alarm
