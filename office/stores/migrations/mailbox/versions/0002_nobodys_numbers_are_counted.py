"""Tries with a number nobody has are counted as a receipt counts those with its own.

What stood in the table before counted nothing anybody asked for; it goes, on the way back as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_nobodys_numbers_are_counted"
down_revision = "0001_letters_lie_sealed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("throttle")
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(length=100), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(bucket) <= 100", name="bucket_size"),
        sa.CheckConstraint("wrong_tries >= 0", name="wrong_tries_are_counted"),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_throttle")),
    )


def downgrade() -> None:
    op.drop_table("throttle")
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(length=100), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint('"count" >= 0', name="tries_are_counted"),
        sa.CheckConstraint("length(bucket) <= 100", name="bucket_size"),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_throttle")),
    )
