"""Roles of mediators, outreach workers and operators; sign-ins, devices, passkeys, and help after a loss.

Going back ends the access of whoever has a role that an older desk does not know, and drops the rest: an
older desk counts wrong tries by name alone and takes the six digits of a telephone only.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020_people_who_work_here"
down_revision = "0019_wall_against_the_city"
branch_labels = None
depends_on = None

OLD_ROLES = "role_code IN ('adviser', 'supervisor', 'head', 'data_protection', 'triage')"
ROLES = OLD_ROLES.replace(")", ", 'mediator', 'outreach', 'operator')")
NEW_TABLES = ("staff_recovery", "staff_passkey", "staff_sign_in", "staff_device")


def upgrade() -> None:
    _roles(ROLES)
    op.create_table(
        "staff_device",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(token_hash) = 32", name="token_hash_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_device_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_device")),
        sa.UniqueConstraint("staff_id", "token_hash", name="staff_device_once"),
    )
    op.create_index(op.f("ix_staff_device_token_hash"), "staff_device", ["token_hash"])
    op.create_table(
        "staff_sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("signed_in_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("browser_code", sa.String(length=7), nullable=False),
        sa.Column("is_new_device", sa.Boolean(), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_a_day"),
        sa.CheckConstraint("number >= 1", name="number_counts_from_one"),
        sa.CheckConstraint(
            "browser_code IN ('firefox', 'chrome', 'edge', 'safari', 'other')", name="browser_code_is_known"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_sign_in_staff_id")),
        sa.ForeignKeyConstraint(["device_id"], ["staff_device.id"], name=op.f("fk_staff_sign_in_device_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sign_in")),
        sa.UniqueConstraint("staff_id", "number", name="staff_sign_in_number"),
    )
    op.create_index("staff_sign_in_of_a_day", "staff_sign_in", ["staff_id", "signed_in_on"])
    op.create_table(
        "staff_passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("user_handle", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(name) <= 60", name="name_size"),
        sa.CheckConstraint("length(credential_id) <= 1023", name="credential_id_size"),
        sa.CheckConstraint("length(public_key) <= 1024", name="public_key_size"),
        sa.CheckConstraint("length(user_handle) = 32", name="user_handle_size"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_passkey_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_staff_passkey_credential_id")),
    )
    op.create_index(op.f("ix_staff_passkey_staff_id"), "staff_passkey", ["staff_id"])
    op.create_table(
        "staff_recovery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("lost_code", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("code_ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("asked_by <> confirmed_by", name="never_alone"),
        sa.CheckConstraint("asked_by <> staff_id AND confirmed_by <> staff_id", name="never_for_oneself"),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_on IS NULL)", name="confirmed_by_name_and_day"
        ),
        sa.CheckConstraint("(code_hash IS NULL) = (code_ends_on IS NULL)", name="code_with_its_end"),
        sa.CheckConstraint("lost_code IN ('factor', 'passphrase')", name="lost_code_is_known"),
        sa.CheckConstraint("length(code_hash) = 32", name="code_hash_size"),
        *(
            sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_staff_recovery_{name}"))
            for name in ("staff_id", "asked_by", "confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_recovery")),
    )
    op.create_index(op.f("ix_staff_recovery_staff_id"), "staff_recovery", ["staff_id"])


def downgrade() -> None:
    for name in NEW_TABLES:
        op.drop_table(name)
    op.execute(
        "UPDATE staff SET role_code = 'triage', active = false, public_key = NULL,"
        " wrapped_private_key = NULL, wrapped_totp_secret = NULL,"
        " invitation_hash = NULL, invitation_expires_on = NULL"
        " WHERE role_code IN ('mediator', 'outreach', 'operator')"
    )
    _roles(OLD_ROLES)


def _roles(rule: str) -> None:
    with op.batch_alter_table("staff") as batch_op:
        batch_op.drop_constraint("role_code_is_known", type_="check")
        batch_op.create_check_constraint("role_code_is_known", rule)
