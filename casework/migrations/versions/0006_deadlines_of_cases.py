"""Deadlines of cases, who may confirm them, looks for limits, and private calendars come to the desk.

Going back forgets them: an older desk has no place for a deadline. Take a backup first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_deadlines_of_cases"
down_revision = "0005_requests_from_authorities"
branch_labels = None
depends_on = None

OPEN = "state IN ('computed', 'confirmed')"


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(token_hash) = 32", name="token_hash_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_calendar_feed_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_table(
        "lawyer",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("named_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["named_by"], ["staff.id"], name=op.f("fk_lawyer_named_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_lawyer_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_lawyer")),
    )
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("clock_id", sa.Uuid(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("route_code", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=30), nullable=False),
        sa.Column("august", sa.String(length=10), nullable=False),
        sa.Column("dec24_jan6", sa.String(length=10), nullable=False),
        sa.Column("rolls", sa.Boolean(), nullable=False),
        sa.Column("counts_start_day", sa.Boolean(), nullable=False),
        sa.Column("law", sa.String(length=600), nullable=False),
        sa.Column("list_version", sa.String(length=30), nullable=False),
        sa.Column("start_code", sa.String(length=60), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=False),
        sa.Column("counted_until", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("latest_on", sa.Date(), nullable=False),
        sa.Column("is_calendar_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("waived_by_code", sa.String(length=8), nullable=True),
        sa.CheckConstraint("(state = 'met') = (met_on IS NOT NULL)", name="met_on_a_day"),
        sa.CheckConstraint("(state = 'waived') = (waived_by_code IS NOT NULL)", name="waived_by_somebody"),
        sa.CheckConstraint(
            "(state IN ('computed', 'confirmed')) = (settled_on IS NULL)", name="open_until_settled"
        ),
        sa.CheckConstraint("state <> 'confirmed' OR confirmed_by IS NOT NULL", name="confirmed_by_somebody"),
        sa.CheckConstraint(
            "state IN ('computed', 'confirmed', 'met', 'missed', 'waived', 'superseded')",
            name="state_is_known",
        ),
        sa.CheckConstraint(
            "waived_by_code IN ('person', 'guardian', 'office')", name="waived_by_code_is_known"
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_on IS NULL)", name="confirmed_by_name_and_day"
        ),
        sa.CheckConstraint("(settled_by IS NULL) = (settled_on IS NULL)", name="settled_by_name_and_day"),
        sa.CheckConstraint("counted_from <= counted_until AND last_on <= latest_on", name="days_in_order"),
        sa.CheckConstraint("length(august) <= 10", name="august_size"),
        sa.CheckConstraint("length(dec24_jan6) <= 10", name="dec24_jan6_size"),
        sa.CheckConstraint("length(kind) <= 30", name="kind_size"),
        sa.CheckConstraint("length(label) <= 80", name="label_size"),
        sa.CheckConstraint("length(law) <= 600", name="law_size"),
        sa.CheckConstraint("length(list_version) <= 30", name="list_version_size"),
        sa.CheckConstraint("length(route_code) <= 60", name="route_code_size"),
        sa.CheckConstraint("length(start_code) <= 60", name="start_code_size"),
        sa.CheckConstraint("length(unit) <= 30", name="unit_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_deadline_case_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["staff.id"], name=op.f("fk_deadline_confirmed_by")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_deadline_made_by")),
        sa.ForeignKeyConstraint(["replaces"], ["deadline.id"], name=op.f("fk_deadline_replaces")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_deadline_settled_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index("deadline_of_a_case", "deadline", ["case_id", "last_on"], unique=False)
    op.create_index(
        "deadline_open",
        "deadline",
        ["last_on"],
        unique=False,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_index(
        "deadline_open_once_a_clock",
        "deadline",
        ["clock_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_table(
        "limit_scan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("none_applies", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_limit_scan_case_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_limit_scan_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_scan")),
    )
    op.create_index(op.f("ix_limit_scan_case_id"), "limit_scan", ["case_id"], unique=False)
    op.create_table(
        "deadline_stop",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cause_code", sa.String(length=30), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(kind = 'suspension') = (first_on IS NOT NULL)", name="a_suspension_has_days"),
        sa.CheckConstraint("ended_on >= begun_on AND answered_on >= begun_on", name="recorded_days_in_order"),
        sa.CheckConstraint("kind IN ('suspension', 'interruption')", name="kind_is_known"),
        sa.CheckConstraint("last_on >= first_on", name="stop_ends_after_it_began"),
        sa.CheckConstraint("length(cause_code) <= 30", name="cause_code_size"),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_stop_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_stop")),
    )
    op.create_index(op.f("ix_deadline_stop_deadline_id"), "deadline_stop", ["deadline_id"], unique=False)
    op.create_table(
        "deadline_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('reason', 'evidence', 'incident', 'none_applies', 'closing')", name="kind_is_known"
        ),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_deadline_words_case_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_deadline_words_deadline_id")),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"], name=op.f("fk_deadline_words_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_words")),
    )
    op.create_index(op.f("ix_deadline_words_case_id"), "deadline_words", ["case_id"], unique=False)


def downgrade() -> None:
    op.drop_table("deadline_words")
    op.drop_table("deadline_stop")
    op.drop_table("limit_scan")
    op.drop_table("deadline")
    op.drop_table("lawyer")
    op.drop_table("calendar_feed")
