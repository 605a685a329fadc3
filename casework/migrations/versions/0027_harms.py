"""Harms of a case, and who had which part in each. What each case was coded as becomes its first harm.

Going back drops them; the codes of the cases stay as they are.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0027_harms"
down_revision = "0026_void"
branch_labels = None
depends_on = None

PRESENT = sa.text("ended_on IS NULL")
PARTS = "'did', 'ordered', 'helped', 'allowed', 'answers'"
BATCH = 1_000


def upgrade() -> None:
    op.create_table(
        "case_harm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=True),
        sa.Column("area_code", sa.String(length=60), nullable=False),
        sa.Column("ground_codes", sa.String(length=600), nullable=False),
        sa.Column("conduct_codes", sa.String(length=600), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("(place = 1) = (noted_on IS NULL)", name="the_first_came_with_the_case"),
        sa.CheckConstraint("place > 1 OR removed_on IS NULL", name="the_first_stays"),
        sa.CheckConstraint("(sealed IS NULL) = (key_version IS NULL)", name="harm_sealed_under_a_key"),
        sa.CheckConstraint("length(area_code) <= 60", name="area_code_size"),
        sa.CheckConstraint("length(ground_codes) <= 600", name="ground_codes_size"),
        sa.CheckConstraint("length(conduct_codes) <= 600", name="conduct_codes_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_harm_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name=op.f("fk_case_harm_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_harm")),
        sa.UniqueConstraint("case_id", "place", name=op.f("uq_case_harm_case_id_place")),
    )
    op.create_table(
        "harm_involvement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("harm_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("part_code", sa.String(length=7), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(f"part_code IN ({PARTS})", name="part_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_harm_involvement_case_id")),
        sa.ForeignKeyConstraint(["harm_id"], ["case_harm.id"], name=op.f("fk_harm_involvement_harm_id")),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name=op.f("fk_harm_involvement_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_harm_involvement")),
    )
    op.create_index(op.f("ix_harm_involvement_case_id"), "harm_involvement", ["case_id"])
    op.create_index(
        "harm_involvement_present",
        "harm_involvement",
        ["harm_id", "party_id"],
        unique=True,
        sqlite_where=PRESENT,
        postgresql_where=PRESENT,
    )
    _carry_over()


def _carry_over() -> None:
    """Make the codes of every case its first harm."""
    codes = ("area_code", "ground_codes", "conduct_codes")
    case = sa.table("case_file", sa.column("id", sa.Uuid()), *(sa.column(name) for name in codes))
    harm = sa.table(
        "case_harm",
        sa.column("id", sa.Uuid()),
        sa.column("case_id", sa.Uuid()),
        sa.column("place"),
        *(sa.column(name) for name in codes),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(case).order_by(case.c.id)).mappings().all()
    for first in range(0, len(rows), BATCH):
        connection.execute(
            sa.insert(harm),
            [
                {"id": uuid4(), "case_id": row["id"], "place": 1} | {name: row[name] for name in codes}
                for row in rows[first : first + BATCH]
            ],
        )


def downgrade() -> None:
    op.drop_index("harm_involvement_present", "harm_involvement")
    op.drop_index(op.f("ix_harm_involvement_case_id"), "harm_involvement")
    op.drop_table("harm_involvement")
    op.drop_table("case_harm")
