"""Members of staff, the office's keys, and who holds which."""

import sqlalchemy as sa
from alembic import op


def put_up() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role_code", sa.String(length=15), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_private_key", sa.LargeBinary(), nullable=True),
        sa.Column("wrapped_totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("invitation_hash", sa.LargeBinary(), nullable=True),
        sa.Column("invitation_expires_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role_code IN ('adviser', 'supervisor', 'head', 'data_protection', 'triage')",
            name="role_code_is_known",
        ),
        sa.CheckConstraint(
            "(invitation_hash IS NULL) = (invitation_expires_on IS NULL)", name="invitation_with_its_end"
        ),
        sa.CheckConstraint(
            "(public_key IS NULL) = (wrapped_private_key IS NULL)", name="public_key_with_its_private_half"
        ),
        sa.CheckConstraint("length(display_name) <= 120", name="display_name_size"),
        sa.CheckConstraint("length(invitation_hash) <= 64", name="invitation_hash_size"),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(sign_in_name) <= 80", name="sign_in_name_size"),
        sa.CheckConstraint("length(wrapped_private_key) <= 4096", name="wrapped_private_key_size"),
        sa.CheckConstraint("length(wrapped_totp_secret) <= 4096", name="wrapped_totp_secret_size"),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("sign_in_name", name="uq_staff_sign_in_name"),
    )

    op.create_table(
        "office_key",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("sealed_to_escrow", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(name) <= 40", name="name_size"),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(sealed_to_escrow) <= 8192", name="sealed_to_escrow_size"),
        sa.CheckConstraint("retired_on >= made_on", name="retired_after_it_was_made"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
        sa.PrimaryKeyConstraint("name", "version", name="pk_office_key"),
    )

    op.create_table(
        "key_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed_private_key) <= 8192", name="sealed_private_key_size"),
        sa.CheckConstraint("revoked_on >= granted_on", name="revoked_after_it_was_granted"),
        sa.ForeignKeyConstraint(["granted_by"], ["staff.id"], name="fk_key_grant_granted_by"),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name="fk_key_grant_holder_id"),
        sa.PrimaryKeyConstraint("id", name="pk_key_grant"),
    )
    with op.batch_alter_table("key_grant", schema=None) as batch_op:
        batch_op.create_index("ix_key_grant_holder_id", ["holder_id"], unique=False)
        batch_op.create_index("ix_key_grant_key_name", ["key_name"], unique=False)


def take_down() -> None:
    with op.batch_alter_table("key_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_key_grant_key_name")
        batch_op.drop_index("ix_key_grant_holder_id")
    op.drop_table("key_grant")

    op.drop_table("office_key")

    op.drop_table("staff")
