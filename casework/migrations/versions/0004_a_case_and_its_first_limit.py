"""A case says by when the first short limit may end, as it was counted when the case was opened.

Cases opened before say nothing: what was told is sealed. Going back forgets it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_a_case_and_its_first_limit"
down_revision = "0003_files_relays_and_new_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_file", sa.Column("limit_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("case_file") as batch_op:
        batch_op.drop_column("limit_on")
