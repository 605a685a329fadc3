"""An imported file is known to the observatory by the title of its mapping.

The next hand-over brings the titles. Going back removes them; releases keep theirs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_files_have_titles"
down_revision = "0002_counts_outlive_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "source_title",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.CheckConstraint("source LIKE 'imported:_%'", name="source_is_imported"),
        sa.CheckConstraint("length(source) <= 60", name="source_size"),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_title")),
    )


def downgrade() -> None:
    op.drop_table("source_title")
