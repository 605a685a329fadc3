"""Names that agree but for one sign.

Going back forgets such forms of names and undoes no decision: a match found so stands as one of sound.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034_near_names"
down_revision = "0033_alerts"
branch_labels = None
depends_on = None

TABLES = ("party_term", "conflict_check")


def upgrade() -> None:
    _allow("'name', 'sound', 'near'")


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM party_term WHERE likeness = 'near'"))
    op.execute(sa.text("UPDATE conflict_check SET likeness = 'sound' WHERE likeness = 'near'"))
    _allow("'name', 'sound'")


def _allow(codes: str) -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint("likeness_is_known", type_="check")
            table.create_check_constraint("likeness_is_known", f"likeness IN ({codes})")
