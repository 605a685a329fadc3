"""What the courier brings and takes: reports, messages, changes of consent, the outbox."""

import sqlalchemy as sa
from alembic import op


def put_up() -> None:
    op.create_table(
        "inbox_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("reporter_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("channel_code", sa.String(length=60), nullable=False),
        sa.Column("urgency_code", sa.String(length=6), nullable=False),
        sa.Column("urgency_rank", sa.Integer(), nullable=False),
        sa.Column("routing_code", sa.String(length=6), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed_story", sa.LargeBinary(), nullable=True),
        sa.Column("contact_key_name", sa.String(length=60), nullable=True),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("reason_code", sa.String(length=60), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("routing_code IN ('normal', 'city')", name="routing_code_is_known"),
        sa.CheckConstraint("state IN ('received', 'opened_as_case', 'not_taken_up')", name="state_is_known"),
        sa.CheckConstraint("urgency_code IN ('normal', 'soon', 'danger')", name="urgency_code_is_known"),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(channel_code) <= 60", name="channel_code_size"),
        sa.CheckConstraint("length(contact_key_name) <= 60", name="contact_key_name_size"),
        sa.CheckConstraint("length(iso_week) <= 8", name="iso_week_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(reason_code) <= 60", name="reason_code_size"),
        sa.CheckConstraint("length(reporter_public_key) = 32", name="reporter_public_key_size"),
        sa.CheckConstraint("length(sealed_contact) <= 1114112", name="sealed_contact_size"),
        sa.CheckConstraint("length(sealed_story) <= 1114112", name="sealed_story_size"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox_report"),
        sa.UniqueConstraint("case_number", name="uq_inbox_report_case_number"),
    )
    with op.batch_alter_table("inbox_report", schema=None) as batch_op:
        batch_op.create_index("inbox_report_queue", ["state", "urgency_rank", "iso_week", "id"], unique=False)

    op.create_table(
        "incoming_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(case_number) <= 9", name="case_number_size"),
        sa.CheckConstraint("length(iso_week) <= 8", name="iso_week_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name="pk_incoming_message"),
    )
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_message_case_number", ["case_number"], unique=False)

    op.create_table(
        "consent_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("given_codes", sa.String(length=60), nullable=False),
        sa.Column("withdrawn_codes", sa.String(length=60), nullable=False),
        sa.CheckConstraint("length(case_number) <= 9", name="case_number_size"),
        sa.CheckConstraint("length(given_codes) <= 60", name="given_codes_size"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.CheckConstraint("length(withdrawn_codes) <= 60", name="withdrawn_codes_size"),
        sa.PrimaryKeyConstraint("id", name="pk_consent_change"),
    )
    with op.batch_alter_table("consent_change", schema=None) as batch_op:
        batch_op.create_index("ix_consent_change_case_number", ["case_number"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("iso_week", sa.String(length=8), nullable=False),
        sa.Column("reporter_key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("case_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("case_key_version", sa.Integer(), nullable=True),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(kind = 'case_key') = (case_public_key IS NOT NULL)", name="outbox_key_is_there"),
        sa.CheckConstraint("(kind = 'reply') = (sealed IS NOT NULL)", name="outbox_reply_is_sealed"),
        sa.CheckConstraint("kind IN ('reply', 'case_key')", name="kind_is_known"),
        sa.CheckConstraint("length(case_number) <= 9", name="case_number_size"),
        sa.CheckConstraint("length(case_public_key) = 32", name="case_public_key_size"),
        sa.CheckConstraint("length(iso_week) <= 8", name="iso_week_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("outbox_waiting", ["is_sent", "id"], unique=False)


def take_down() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_waiting")
    op.drop_table("outbox")

    with op.batch_alter_table("consent_change", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_change_case_number")
    op.drop_table("consent_change")

    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_message_case_number")
    op.drop_table("incoming_message")

    with op.batch_alter_table("inbox_report", schema=None) as batch_op:
        batch_op.drop_index("inbox_report_queue")
    op.drop_table("inbox_report")
