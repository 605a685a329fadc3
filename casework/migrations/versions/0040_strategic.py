"""How each track ended when closing was asked for.

Going back forgets what was said of tracks that were open; what their own steps say stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040_strategic"
down_revision = "0038_interpreters"
branch_labels = None
depends_on = None

ENDS = (
    "end_code IN ('favourable', 'partly', 'unfavourable', 'settled', 'inadmissible', 'archived', 'silent',"
    " 'withdrawn', 'left_open')"
)


def upgrade() -> None:
    op.create_table(
        "closing_track",
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("track_id", sa.Uuid(), nullable=False),
        sa.Column("end_code", sa.String(length=12), nullable=False),
        sa.CheckConstraint(ENDS, name="end_code_is_known"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["closing_request.id"], name=op.f("fk_closing_track_request_id")
        ),
        sa.ForeignKeyConstraint(["track_id"], ["case_track.id"], name=op.f("fk_closing_track_track_id")),
        sa.PrimaryKeyConstraint("request_id", "track_id", name=op.f("pk_closing_track")),
    )
    op.create_index(op.f("ix_closing_track_track_id"), "closing_track", ["track_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_closing_track_track_id"), "closing_track")
    op.drop_table("closing_track")
