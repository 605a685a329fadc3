"""A case says since when its adviser has it and when they looked; views are kept; absences have a cover.

Cases from before count as given and looked at on the day they were opened: the timeline alone knows when.
Going back forgets all of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011_queues_and_cover"
down_revision = "0010_referrals"
branch_labels = None
depends_on = None

UNTOUCHED = sa.text("looked_on IS NULL AND closed_on IS NULL")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("assigned_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("looked_on", sa.Date(), nullable=True))
    op.execute("UPDATE case_file SET assigned_on = opened_on, looked_on = opened_on")
    with op.batch_alter_table("case_file") as case:
        case.alter_column("assigned_on", existing_type=sa.Date(), nullable=False)
    op.create_index(
        "case_file_untouched",
        "case_file",
        ["assigned_on"],
        sqlite_where=UNTOUCHED,
        postgresql_where=UNTOUCHED,
    )
    op.create_index("case_file_next", "case_file", ["next_on", "id"])
    op.create_index("case_file_limit", "case_file", ["limit_on", "id"])
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("query", sa.String(length=600), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(sealed_name) <= 8192", name="sealed_name_size"),
        sa.CheckConstraint("length(query) <= 600", name="query_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_saved_view_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_staff_id"), "saved_view", ["staff_id"])
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("cover_id", sa.Uuid(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name="absence_days_in_order"),
        sa.CheckConstraint("cover_id <> staff_id", name="covered_by_somebody_else"),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", name="ended_by_name_and_day"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_absence_staff_id")),
        sa.ForeignKeyConstraint(["cover_id"], ["staff.id"], name=op.f("fk_absence_cover_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_absence_made_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_absence_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_staff_id"), "absence", ["staff_id"])
    op.create_index("absence_of_a_cover", "absence", ["cover_id", "last_on"])


def downgrade() -> None:
    op.drop_table("absence")
    op.drop_table("saved_view")
    op.drop_index("case_file_limit", "case_file")
    op.drop_index("case_file_next", "case_file")
    op.drop_index("case_file_untouched", "case_file")
    with op.batch_alter_table("case_file") as case:
        case.drop_column("looked_on")
        case.drop_column("assigned_on")
