"""The timeline and where each of its chains stands."""

import sqlalchemy as sa
from alembic import op


def put_up() -> None:
    op.create_table(
        "event",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(chain) <= 40", name="chain_size"),
        sa.CheckConstraint("length(kind) <= 40", name="kind_size"),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk_event"),
    )

    op.create_table(
        "chain_head",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(chain) <= 40", name="chain_size"),
        sa.PrimaryKeyConstraint("chain", name="pk_chain_head"),
    )


def take_down() -> None:
    op.drop_table("chain_head")

    op.drop_table("event")
