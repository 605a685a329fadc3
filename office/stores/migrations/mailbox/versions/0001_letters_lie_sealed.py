"""Whatever residents and the office send each other lies sealed in the mailbox.

The first shape of the store; going back removes everything in it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_letters_lie_sealed"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(lookup) = 32", name="lookup_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_expires_on", ["expires_on"], unique=False)

    op.create_table(
        "envelope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("reporter_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("channel_code", sa.String(length=40), nullable=False),
        sa.Column("urgency_code", sa.String(length=6), nullable=False),
        sa.Column("routing_code", sa.String(length=6), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed_story", sa.LargeBinary(), nullable=False),
        sa.Column("contact_key_name", sa.String(length=60), nullable=True),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=True),
        sa.Column("statistics_key_name", sa.String(length=60), nullable=True),
        sa.Column("sealed_statistics", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("kind IN ('report', 'message', 'consent')", name="kind_is_known"),
        sa.CheckConstraint("routing_code IN ('normal', 'city')", name="routing_code_is_known"),
        sa.CheckConstraint("substr(iso_week, 5, 2) = '-W'", name="iso_week_is_a_week"),
        sa.CheckConstraint("urgency_code IN ('normal', 'soon', 'danger')", name="urgency_code_is_known"),
        sa.CheckConstraint(
            "(sealed_contact IS NULL) = (contact_key_name IS NULL)", name="contact_with_its_key"
        ),
        sa.CheckConstraint(
            "(sealed_statistics IS NULL) = (statistics_key_name IS NULL)", name="statistics_with_its_key"
        ),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(channel_code) <= 40", name="channel_code_size"),
        sa.CheckConstraint("length(contact_key_name) <= 60", name="contact_key_name_size"),
        sa.CheckConstraint("length(iso_week) = 8", name="iso_week_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(reporter_public_key) = 32", name="reporter_public_key_size"),
        sa.CheckConstraint("length(sealed_contact) <= 1114112", name="sealed_contact_size"),
        sa.CheckConstraint("length(sealed_statistics) <= 1114112", name="sealed_statistics_size"),
        sa.CheckConstraint("length(sealed_story) <= 1114112", name="sealed_story_size"),
        sa.CheckConstraint("length(statistics_key_name) <= 60", name="statistics_key_name_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope")),
    )
    op.create_table(
        "receipt",
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("proof_hash", sa.LargeBinary(), nullable=False),
        sa.Column("reporter_public_key", sa.LargeBinary(), nullable=False),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("case_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("case_key_version", sa.Integer(), nullable=True),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_week", sa.String(length=8), nullable=False),
        sa.CheckConstraint("substr(opened_week, 5, 2) = '-W'", name="opened_week_is_a_week"),
        sa.CheckConstraint(
            "(case_public_key IS NULL) = (case_key_version IS NULL)", name="case_key_with_its_version"
        ),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(case_public_key) = 32", name="case_public_key_size"),
        sa.CheckConstraint("length(opened_week) = 8", name="opened_week_size"),
        sa.CheckConstraint("length(proof_hash) = 32", name="proof_hash_size"),
        sa.CheckConstraint("length(reporter_public_key) = 32", name="reporter_public_key_size"),
        sa.CheckConstraint("length(salt) = 16", name="salt_size"),
        sa.CheckConstraint("wrong_tries >= 0", name="wrong_tries_are_counted"),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_receipt")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("substr(iso_week, 5, 2) = '-W'", name="iso_week_is_a_week"),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(iso_week) = 8", name="iso_week_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.create_index("ix_reply_case_number", ["case_number"], unique=False)

    op.create_table(
        "throttle",
        sa.Column("bucket", sa.String(length=100), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint('"count" >= 0', name="tries_are_counted"),
        sa.CheckConstraint("length(bucket) <= 100", name="bucket_size"),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_throttle")),
    )


def downgrade() -> None:
    op.drop_table("throttle")
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.drop_index("ix_reply_case_number")

    op.drop_table("reply")
    op.drop_table("receipt")
    op.drop_table("envelope")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_expires_on")

    op.drop_table("draft")
