"""Walls around cases against the city, and who of the staff belongs to which of its services.

Every case that came against the city at the door gets its wall. Whoever keeps out of a case until now does so
for good: only what a service puts up from here on ends with it. Going back drops both tables and that mark;
whether a case stands apart is kept in the case itself.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0019_wall_against_the_city"
down_revision = "0018_merged_cases"
branch_labels = None
depends_on = None

WALL = "city_wall"
SERVICE = "staff_service"


def upgrade() -> None:
    wall = op.create_table(
        WALL,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("cause_code", sa.String(length=6), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("risen_on", sa.Date(), nullable=False),
        sa.Column("risen_by", sa.Uuid(), nullable=True),
        sa.Column("was_with", sa.Uuid(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("down_on", sa.Date(), nullable=True),
        sa.Column("down_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(asked_on IS NULL) = (asked_by IS NULL) AND (asked_on IS NULL) = (sealed IS NULL)"
            " AND (asked_on IS NULL) = (key_version IS NULL)",
            name="asked_whole",
        ),
        sa.CheckConstraint("(down_on IS NULL) = (down_by IS NULL)", name="down_by_name_and_day"),
        sa.CheckConstraint(
            "down_on IS NULL OR (asked_by IS NOT NULL AND asked_by <> down_by)", name="down_by_two_people"
        ),
        sa.CheckConstraint("(told_on IS NULL) = (told_by IS NULL)", name="told_by_name_and_day"),
        sa.CheckConstraint("cause_code IN ('door', 'codes', 'people')", name="cause_code_is_known"),
        sa.CheckConstraint("length(service_code) <= 60", name="service_code_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_city_wall_case_id")),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_city_wall_{name}"))
            for name in ("risen_by", "was_with", "told_by", "asked_by", "down_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_wall")),
    )
    op.create_index("city_wall_of_a_case", WALL, ["case_id"])
    standing = sa.text("down_on IS NULL")
    op.create_index(
        "city_wall_once", WALL, ["case_id"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        SERVICE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("relation_code", sa.String(length=7), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_by IS NULL)", name="ended_by_name_and_day"),
        sa.CheckConstraint("relation_code IN ('works', 'manages', 'close')", name="relation_code_is_known"),
        sa.CheckConstraint("length(service_code) <= 60", name="service_code_size"),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_staff_service_{name}"))
            for name in ("staff_id", "declared_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_service")),
    )
    op.create_index("staff_service_of_somebody", SERVICE, ["staff_id"])
    op.add_column(
        "case_wall", sa.Column("is_for_service", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("case_wall") as kept_out:
        kept_out.alter_column("is_for_service", existing_type=sa.Boolean(), server_default=None)
    _walls_of_the_door(wall)


def downgrade() -> None:
    with op.batch_alter_table("case_wall") as kept_out:
        kept_out.drop_column("is_for_service")
    op.drop_table(SERVICE)
    op.drop_table(WALL)


def _walls_of_the_door(wall: sa.Table) -> None:
    cases = sa.table(
        "case_file",
        sa.column("id", sa.Uuid()),
        sa.column("routing_code", sa.String()),
        sa.column("opened_on", sa.Date()),
    )
    found = op.get_bind().execute(
        sa.select(cases.c.id, cases.c.opened_on).where(cases.c.routing_code == "city")
    )
    rows = [
        {"id": uuid4(), "case_id": own, "cause_code": "door", "service_code": "", "risen_on": opened}
        for own, opened in found
    ]
    if rows:
        op.bulk_insert(wall, rows)
