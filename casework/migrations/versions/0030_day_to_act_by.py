"""One day to act by: the earlier one of clocks that were counted before seats were asked for.

Lists and reminders go by it as pages do. An authority's time to answer is no limit of the case any more, so
the first day of a case is told anew. Before whom a period runs that somebody set is kept by its code. Going
back forgets both; the days that were counted stay.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030_day_to_act_by"
down_revision = "0029_seats"
branch_labels = None
depends_on = None

DEADLINE = sa.table(
    "deadline",
    *(
        sa.column(name, kind)
        for name, kind in (
            ("id", sa.Uuid()),
            ("case_id", sa.Uuid()),
            ("route_code", sa.String()),
            ("label", sa.String()),
            ("kind", sa.String()),
            ("count", sa.Integer()),
            ("unit", sa.String()),
            ("august", sa.String()),
            ("dec24_jan6", sa.String()),
            ("rolls", sa.Boolean()),
            ("counts_start_day", sa.Boolean()),
            ("seat_code", sa.String()),
            ("law", sa.String()),
            ("start_code", sa.String()),
            ("counted_from", sa.Date()),
            ("counted_until", sa.Date()),
            ("last_on", sa.Date()),
            ("made_on", sa.Date()),
            ("state", sa.String()),
            ("careful_on", sa.Date()),
            ("procedure_code", sa.String()),
        )
    ),
)
STOP = sa.table(
    "deadline_stop",
    *(
        sa.column(name, kind)
        for name, kind in (
            ("deadline_id", sa.Uuid()),
            ("kind", sa.String()),
            ("cause_code", sa.String()),
            ("begun_on", sa.Date()),
            ("ended_on", sa.Date()),
            ("answered_on", sa.Date()),
            ("first_on", sa.Date()),
            ("last_on", sa.Date()),
        )
    ),
)
CASE = sa.table("case_file", sa.column("id", sa.Uuid()), sa.column("limit_on", sa.Date()))
OPEN = ("computed", "confirmed")


def upgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.add_column(sa.Column("careful_on", sa.Date()))
        table.add_column(sa.Column("procedure_code", sa.String(30), nullable=False, server_default=""))
    with op.batch_alter_table("deadline") as table:
        table.alter_column("procedure_code", server_default=None)
        table.create_check_constraint("procedure_code_size", "length(procedure_code) <= 30")
    _name_procedures()
    bind = op.get_bind()
    wanted = sa.select(DEADLINE).where(DEADLINE.c.state.in_(OPEN))
    rows = [dict(row) for row in bind.execute(wanted).mappings()]
    for row in rows:
        row["careful_on"] = _careful(bind, row) if row["seat_code"] == "unasked" else None
        if row["careful_on"]:
            told = DEADLINE.update().where(DEADLINE.c.id == row["id"])
            bind.execute(told.values(careful_on=row["careful_on"]))
    for case in {row["case_id"] for row in rows if row["careful_on"] or row["kind"] == "answer_due"}:
        days = [_act_on(row) for row in rows if row["case_id"] == case and row["kind"] != "answer_due"]
        bind.execute(CASE.update().where(CASE.c.id == case).values(limit_on=min(days, default=None)))


def downgrade() -> None:
    with op.batch_alter_table("deadline") as table:
        table.drop_constraint("procedure_code_size", type_="check")
        table.drop_column("procedure_code")
        table.drop_column("careful_on")


def _act_on(row: dict[str, Any]) -> date:
    last_on: date = row["last_on"]
    return row["careful_on"] if row["careful_on"] and row["state"] == "computed" else last_on


def _name_procedures() -> None:
    """Tell before whom a period runs by what was kept of it until now: its law and its unit."""
    of_set = DEADLINE.c.route_code == "set_period"
    found = sa.case(
        (DEADLINE.c.law == "Ley 39/2015 art. 30", "administrative"),
        (DEADLINE.c.law == "", "other"),
        (sa.and_(DEADLINE.c.unit == "working_day_court", DEADLINE.c.august == "counts"), "court_urgent"),
        else_="court",
    )
    op.get_bind().execute(DEADLINE.update().where(of_set).values(procedure_code=found))


def _careful(bind: sa.Connection, row: dict[str, Any]) -> date | None:
    """Return the earlier day by the seat that the law fixes, or by that of none known; None for none."""
    # Days off and limits stand in the lists of the city and not in the store: the kernel counts by them.
    from office.deadlines.limits import Recorded, due_dates
    from office.deadlines.rules import Occurrence, Suspension
    from office.deadlines.seats import Seat, days_at, seat_of
    from office.errors import OfficeError
    from office.settings import ProcessSettings
    from office.vocabulary import StopEvent, load, load_city

    if row["unit"] not in ("working_day_court", "working_day_admin") and not row["rolls"]:
        return None  # no day off moves it
    named, listed = [], []
    for one in bind.execute(sa.select(STOP).where(STOP.c.deadline_id == row["id"]).order_by(STOP.c.begun_on)):
        if one.cause_code != "other_suspension":
            told = StopEvent(one.cause_code, one.begun_on, one.ended_on, one.answered_on, "deadline_words")
            listed.append(told)
        elif one.first_on is not None and one.last_on is not None:
            named.append(Suspension(one.first_on, one.last_on, "deadline_words"))
    city = load_city(ProcessSettings().city)
    routes, code = load("routes", city), row["route_code"]
    seat = seat_of(routes.item(code), Seat(), city) if code in routes else Seat()
    event = Occurrence(row["counted_from"], row["counted_until"])
    recorded = Recorded(tuple(listed), as_of=row["made_on"])
    try:
        found = due_dates(routes, code, event, days_at(city, seat), named, recorded)
    except OfficeError:
        return None
    days = [due.on for due in found if due.limit.label == row["label"]]
    return days[0] if days and days[0] < row["last_on"] else None
