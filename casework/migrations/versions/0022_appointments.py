"""Places, hours, clinics, the appointments of cases, and what people answer about them.

Going back drops them, and what people answered since: an older desk shows none of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022_appointments"
down_revision = "0021_states_of_cases"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state_code IN ('offered', 'asked', 'booked')")


def upgrade() -> None:
    op.create_table(
        "incoming_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("has_words", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_booking")),
    )
    op.create_index("ix_incoming_booking_case_number", "incoming_booking", ["case_number"])

    op.create_table(
        "meeting_site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("at_the_door", sa.String(length=200), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.String(length=200), nullable=False),
        sa.Column("is_shut", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind_code IN ('office', 'library', 'civic_centre', 'stop', 'other')", name="kind_code_is_known"
        ),
        sa.CheckConstraint("length(address) <= 200", name="address_size"),
        sa.CheckConstraint("length(at_the_door) <= 200", name="at_the_door_size"),
        sa.CheckConstraint("length(languages) <= 200", name="languages_size"),
        sa.CheckConstraint("length(name) <= 200", name="name_size"),
        sa.ForeignKeyConstraint(["noted_by"], ["staff.id"], name=op.f("fk_meeting_site_noted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_site")),
    )
    op.create_table(
        "clinic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("desks", sa.Integer(), nullable=False),
        sa.Column("walk_ins", sa.Integer(), nullable=False),
        sa.Column("run_by", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("desks BETWEEN 1 AND 8", name="desks_are_few"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_clinic_made_by")),
        sa.ForeignKeyConstraint(["run_by"], ["staff.id"], name=op.f("fk_clinic_run_by")),
        sa.ForeignKeyConstraint(["site_id"], ["meeting_site.id"], name=op.f("fk_clinic_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
        sa.UniqueConstraint("site_id", "on_day", name=op.f("uq_clinic_site_id_on_day")),
    )
    op.create_index("ix_clinic_on_day", "clinic", ["on_day"])

    op.create_table(
        "meeting_room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.CheckConstraint("length(name) <= 80", name="name_size"),
        sa.ForeignKeyConstraint(["site_id"], ["meeting_site.id"], name=op.f("fk_meeting_room_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_room")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_meeting_room_site_id_name")),
    )
    op.create_table(
        "case_appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("state_code", sa.String(length=16), nullable=False),
        sa.Column("way_code", sa.String(length=6), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("interpreter_code", sa.String(length=8), nullable=False),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("then_task_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(state_code IN ('offered', 'asked', 'booked')) = (settled_on IS NULL)", name="settled_on_a_day"
        ),
        sa.CheckConstraint(
            "interpreter_code IN ('none', 'needed', 'arranged', 'self')", name="interpreter_code_is_known"
        ),
        sa.CheckConstraint("state_code <> 'booked' OR on_day IS NOT NULL", name="booked_for_a_day"),
        sa.CheckConstraint(
            "state_code IN ('offered', 'asked', 'booked', 'cancelled_person', 'cancelled_office',"
            " 'attended', 'no_show')",
            name="state_code_is_known",
        ),
        sa.CheckConstraint("way_code IN ('place', 'phone', 'video', 'clinic')", name="way_code_is_known"),
        sa.CheckConstraint("(way_code IS NULL) = (on_day IS NULL)", name="a_day_with_its_way"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_appointment_case_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_case_appointment_made_by")),
        sa.ForeignKeyConstraint(["task_id"], ["case_task.id"], name=op.f("fk_case_appointment_task_id")),
        sa.ForeignKeyConstraint(
            ["then_task_id"], ["case_task.id"], name=op.f("fk_case_appointment_then_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_appointment")),
    )
    op.create_index("case_appointment_day", "case_appointment", ["on_day"])
    op.create_index(
        "case_appointment_open",
        "case_appointment",
        ["case_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_case_appointment_case_id", "case_appointment", ["case_id"])

    op.create_table(
        "meeting_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("clinic_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("way_code", sa.String(length=6), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("for_walk_ins", sa.Boolean(), nullable=False),
        sa.Column("state_code", sa.String(length=5), nullable=False),
        sa.CheckConstraint(
            "(way_code IN ('place', 'clinic')) = (site_id IS NOT NULL)", name="somewhere_or_not"
        ),
        sa.CheckConstraint("state_code IN ('free', 'taken', 'shut')", name="state_code_is_known"),
        sa.CheckConstraint("way_code IN ('place', 'phone', 'video', 'clinic')", name="way_code_is_known"),
        sa.CheckConstraint("(staff_id IS NULL) = (clinic_id IS NOT NULL)", name="of_somebody_or_a_clinic"),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name="minute_of_a_day"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinic.id"], name=op.f("fk_meeting_slot_clinic_id")),
        sa.ForeignKeyConstraint(["room_id"], ["meeting_room.id"], name=op.f("fk_meeting_slot_room_id")),
        sa.ForeignKeyConstraint(["site_id"], ["meeting_site.id"], name=op.f("fk_meeting_slot_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_meeting_slot_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_slot")),
    )
    op.create_index("meeting_slot_free", "meeting_slot", ["state_code", "on_day"])
    op.create_index("meeting_slot_of_clinic", "meeting_slot", ["clinic_id", "minute"])
    op.create_index("meeting_slot_of_staff", "meeting_slot", ["staff_id", "on_day"])

    op.create_table(
        "slot_use",
        sa.Column("whose", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["meeting_slot.id"], name=op.f("fk_slot_use_slot_id")),
        sa.PrimaryKeyConstraint("whose", "on_day", "quarter", name=op.f("pk_slot_use")),
    )
    op.create_index("ix_slot_use_slot_id", "slot_use", ["slot_id"])

    said = sa.Column("of_appointment", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("case_next_action", said)


def downgrade() -> None:
    with op.batch_alter_table("case_next_action") as batch:
        batch.drop_column("of_appointment")
    for name in (
        "slot_use",
        "meeting_slot",
        "case_appointment",
        "meeting_room",
        "clinic",
        "meeting_site",
        "incoming_booking",
    ):
        op.drop_table(name)
