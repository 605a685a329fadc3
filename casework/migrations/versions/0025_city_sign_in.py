"""An account of the city that stands in for the six digits, and what somebody signed in with.

Going back unlinks every account and forgets how people came in: an older desk takes digits and passkeys.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025_city_sign_in"
down_revision = "0024_lists_of_many"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_city_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("account_hash", sa.LargeBinary(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(issuer) <= 255", name="issuer_size"),
        sa.CheckConstraint("length(account_hash) = 32", name="account_hash_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_city_link_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_city_link")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_staff_city_link_staff_id")),
    )
    with op.batch_alter_table("staff_sign_in") as batch_op:
        batch_op.add_column(sa.Column("way_code", sa.String(length=7), nullable=True))
        batch_op.create_check_constraint("way_code_is_known", "way_code IN ('code', 'passkey', 'city')")


def downgrade() -> None:
    with op.batch_alter_table("staff_sign_in") as batch_op:
        batch_op.drop_constraint("way_code_is_known", type_="check")
        batch_op.drop_column("way_code")
    op.drop_table("staff_city_link")
