"""Files, relays, notices, feedback, events told by many and new receipt keys come to the desk.

Going back drops them: an older desk could not read them. What waits in the outbox of the new kinds goes too.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_files_relays_and_new_keys"
down_revision = "0002_a_case_waits_for_a_new_key"
branch_labels = None
depends_on = None

SEALED = "(kind IN ('reply', 'relay_note')) = (sealed IS NOT NULL)"
OLD_SEALED = "(kind = 'reply') = (sealed IS NOT NULL)"
WHOLE = (
    "(kind = 'receipt') = (receipt_salt IS NOT NULL AND receipt_proof_hash IS NOT NULL"
    " AND receipt_public_key IS NOT NULL)"
)
ADDED = ("receipt_salt", "receipt_proof_hash", "receipt_public_key", "relay_id")
RULES = {
    "outbox_reply_is_sealed": SEALED,
    "outbox_receipt_is_whole": WHOLE,
    "outbox_note_has_its_relay": "(kind = 'relay_note') = (relay_id IS NOT NULL)",
    "kind_is_known": "kind IN ('reply', 'case_key', 'receipt', 'relay_note')",
    "receipt_salt_size": "length(receipt_salt) = 16",
    "receipt_proof_hash_size": "length(receipt_proof_hash) = 32",
    "receipt_public_key_size": "length(receipt_public_key) = 32",
}
OLD_RULES = {"outbox_reply_is_sealed": OLD_SEALED, "kind_is_known": "kind IN ('reply', 'case_key')"}


def upgrade() -> None:
    op.create_table(
        "attachment_piece",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.CheckConstraint("number >= 0", name="pieces_are_numbered"),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_attachment_piece")),
    )
    with op.batch_alter_table("attachment_piece", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_piece_case_number", ["case_number"], unique=False)

    op.create_table(
        "equality_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(quarter) = 7", name="quarter_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_record")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("equality_record", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_equality_record_quarter"), ["quarter"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("helped_code", sa.String(length=6), nullable=True),
        sa.CheckConstraint("helped_code IN ('yes', 'partly', 'no')", name="helped_code_is_known"),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_feedback_case_number"), ["case_number"], unique=False)

    op.create_table(
        "notice_address",
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_notice_address")),
    )
    op.create_table(
        "notice_due",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("tries >= 0", name="tries_are_counted"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_due")),
        sa.UniqueConstraint("case_number", name=op.f("uq_notice_due_case_number")),
    )
    op.create_table(
        "receipt_key_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("reporter_public_key", sa.LargeBinary(), nullable=False),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(reporter_public_key) = 32", name="reporter_public_key_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_key_change")),
    )
    with op.batch_alter_table("receipt_key_change", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_receipt_key_change_case_number"), ["case_number"], unique=False)

    op.create_table(
        "case_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_number", sa.String(length=9), nullable=False),
        sa.Column("to_number", sa.String(length=9), nullable=False),
        sa.Column("relation", sa.String(length=10), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("relation IN ('claim', 'lost_key', 'same_event')", name="relation_is_known"),
        sa.CheckConstraint("length(from_number) = 9", name="from_number_size"),
        sa.CheckConstraint("length(to_number) = 9", name="to_number_size"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_case_link_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_link")),
        sa.UniqueConstraint("from_number", "to_number", name=op.f("uq_case_link_from_number_to_number")),
    )
    with op.batch_alter_table("case_link", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_case_link_from_number"), ["from_number"], unique=False)
        batch_op.create_index(op.f("ix_case_link_to_number"), ["to_number"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_word", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("district_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=60), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(area_code) <= 60", name="area_code_size"),
        sa.CheckConstraint("length(district_code) <= 60", name="district_code_size"),
        sa.CheckConstraint("length(group_word) = 32", name="group_word_size"),
        sa.CheckConstraint("length(month) = 7", name="month_size"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_incident_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "relay_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=11), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("channel_code", sa.String(length=40), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind IN ('association', 'operator')", name="kind_is_known"),
        sa.CheckConstraint("length(channel_code) <= 40", name="channel_code_size"),
        sa.CheckConstraint("length(name) <= 160", name="name_size"),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(token_hash) = 32", name="token_hash_size"),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_relay_access_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_access")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_relay_access_token_hash")),
    )
    op.create_table(
        "incident_member",
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_incident_member_added_by")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_member_incident_id")
        ),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_incident_member")),
    )
    with op.batch_alter_table("incident_member", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_incident_member_incident_id"), ["incident_id"], unique=False)

    with op.batch_alter_table("case_file") as batch_op:
        batch_op.add_column(sa.Column("former_reporter_key", sa.LargeBinary(), nullable=True))
        batch_op.create_check_constraint("former_reporter_key_size", "length(former_reporter_key) = 32")
    with op.batch_alter_table("outbox") as batch_op:
        for name in OLD_RULES:
            batch_op.drop_constraint(name, type_="check")
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=8), type_=sa.String(length=10), existing_nullable=False
        )
        for name in ADDED[:3]:
            batch_op.add_column(sa.Column(name, sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("relay_id", sa.Uuid(), nullable=True))
        for name, rule in RULES.items():
            batch_op.create_check_constraint(name, rule)


def downgrade() -> None:
    with op.batch_alter_table("case_file") as batch_op:
        batch_op.drop_constraint("former_reporter_key_size", type_="check")
        batch_op.drop_column("former_reporter_key")
    op.execute("DELETE FROM outbox WHERE kind IN ('receipt', 'relay_note')")
    with op.batch_alter_table("outbox") as batch_op:
        for name in RULES:
            batch_op.drop_constraint(name, type_="check")
        for name in ADDED:
            batch_op.drop_column(name)
        batch_op.alter_column(
            "kind", existing_type=sa.String(length=10), type_=sa.String(length=8), existing_nullable=False
        )
        for name, rule in OLD_RULES.items():
            batch_op.create_check_constraint(name, rule)
    op.drop_table("incident_member")
    op.drop_table("relay_access")
    op.drop_table("incident")
    op.drop_table("case_link")
    op.drop_table("receipt_key_change")
    op.drop_table("notice_due")
    op.drop_table("notice_address")
    op.drop_table("feedback")
    op.drop_table("equality_record")
    op.drop_table("attachment_piece")
