"""Files, relays, notices and new receipt keys come into the mailbox.

Going back drops what an older service could not read: pieces of files, what relays may see, answers about
oneself, and letters of the new kinds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_files_relays_and_new_keys"
down_revision = "0002_nobodys_numbers_are_counted"
branch_labels = None
depends_on = None

NOTICE_RULE = "(sealed_notice IS NULL) = (notice_key_name IS NULL)"
KINDS = "kind IN ('report', 'message', 'consent', 'rekey', 'feedback', 'notice')"
OLD_KINDS = "kind IN ('report', 'message', 'consent')"


def upgrade() -> None:
    op.create_table(
        "equality_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(quarter) = 7", name="quarter_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answer")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "relay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("channel_code", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('association', 'operator')", name="kind_is_known"),
        sa.CheckConstraint("length(channel_code) <= 40", name="channel_code_size"),
        sa.CheckConstraint("length(name) <= 160", name="name_size"),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(token_hash) = 32", name="token_hash_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_relay_token_hash")),
    )
    op.create_table(
        "relay_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("relay_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(iso_week) = 8", name="iso_week_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_note")),
    )
    with op.batch_alter_table("relay_note", schema=None) as batch_op:
        batch_op.create_index("ix_relay_note_case", ["relay_id", "case_number"], unique=False)

    op.create_table(
        "sight",
        sa.Column("relay_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(iso_week) = 8", name="iso_week_size"),
        sa.PrimaryKeyConstraint("relay_id", "case_number", name=op.f("pk_sight")),
    )
    op.create_table(
        "upload",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=True),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(lookup) = 32", name="lookup_size"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index("ix_upload_expires_on", ["expires_on"], unique=False)
        batch_op.create_index("ix_upload_lookup", ["lookup"], unique=False)
    op.create_table(
        "upload_piece",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.CheckConstraint("number >= 0", name="pieces_are_numbered"),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_upload_piece")),
    )

    with op.batch_alter_table("envelope") as batch_op:
        batch_op.drop_constraint("kind_is_known", type_="check")
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=7), type_=sa.String(length=8), existing_nullable=False
        )
        batch_op.add_column(sa.Column("notice_key_name", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("sealed_notice", sa.LargeBinary(), nullable=True))
        batch_op.create_check_constraint("kind_is_known", KINDS)
        batch_op.create_check_constraint("notice_with_its_key", NOTICE_RULE)
        batch_op.create_check_constraint("notice_key_name_size", "length(notice_key_name) <= 60")
        batch_op.create_check_constraint("sealed_notice_size", "length(sealed_notice) <= 1114112")
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.add_column(sa.Column("must_rekey", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.alter_column("must_rekey", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.drop_column("must_rekey")
    op.execute("DELETE FROM envelope WHERE kind IN ('rekey', 'feedback', 'notice')")
    with op.batch_alter_table("envelope") as batch_op:
        for name in ("sealed_notice_size", "notice_key_name_size", "notice_with_its_key", "kind_is_known"):
            batch_op.drop_constraint(name, type_="check")
        batch_op.drop_column("sealed_notice")
        batch_op.drop_column("notice_key_name")
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=8), type_=sa.String(length=7), existing_nullable=False
        )
        batch_op.create_check_constraint("kind_is_known", OLD_KINDS)
    # in this order: what a role may see of one table is told by the next
    for name in ("upload_piece", "upload", "relay_note", "sight", "relay", "equality_answer"):
        op.drop_table(name)
