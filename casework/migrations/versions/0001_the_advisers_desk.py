"""The advisers' desk has its tables: keyroom, inbox, cases, messages, coded records, history and timeline.

There were no rows before. Going back drops everything.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_the_advisers_desk"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(chain) <= 40", name="chain_size"),
        sa.PrimaryKeyConstraint("chain", name="pk_chain_head"),
    )
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
        "event",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(chain) <= 40", name="chain_size"),
        sa.CheckConstraint("length(kind) <= 40", name="kind_size"),
        sa.PrimaryKeyConstraint("chain", "seq", name="pk_event"),
    )
    op.create_table(
        "history_source",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=2000), nullable=False),
        sa.Column("licence", sa.String(length=300), nullable=False),
        sa.Column("basis_code", sa.String(length=20), nullable=False),
        sa.Column("first_imported_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(basis_code) <= 20", name="basis_code_size"),
        sa.CheckConstraint("length(licence) <= 300", name="licence_size"),
        sa.CheckConstraint("length(name) <= 40", name="name_size"),
        sa.CheckConstraint("length(title) <= 2000", name="title_size"),
        sa.PrimaryKeyConstraint("name", name="pk_history_source"),
    )
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
        "case_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=9), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("reporter_public_key", sa.LargeBinary(), nullable=True),
        sa.Column("reporter_key_version", sa.Integer(), nullable=False),
        sa.Column("reported_week", sa.String(length=8), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("channel_code", sa.String(length=60), nullable=False),
        sa.Column("urgency_code", sa.String(length=10), nullable=False),
        sa.Column("routing_code", sa.String(length=10), nullable=False),
        sa.Column("area_code", sa.String(length=60), nullable=False),
        sa.Column("respondent_code", sa.String(length=60), nullable=False),
        sa.Column("district_code", sa.String(length=60), nullable=False),
        sa.Column("ground_codes", sa.String(length=600), nullable=False),
        sa.Column("conduct_codes", sa.String(length=600), nullable=False),
        sa.Column("stage_code", sa.String(length=11), nullable=False),
        sa.Column("response_codes", sa.String(length=600), nullable=False),
        sa.Column("outcome_code", sa.String(length=60), nullable=True),
        sa.Column("reason_code", sa.String(length=60), nullable=True),
        sa.Column("first_answered_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(closed_on IS NULL) = (stage_code <> 'closed')", name="closed_is_a_stage"),
        sa.CheckConstraint(
            "stage_code IN ('triage', 'advice', 'action', 'proceedings', 'follow_up', 'closed')",
            name="stage_code_is_known",
        ),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome_code IS NULL)", name="closed_with_an_outcome"),
        sa.CheckConstraint("length(area_code) <= 60", name="area_code_size"),
        sa.CheckConstraint("length(channel_code) <= 60", name="channel_code_size"),
        sa.CheckConstraint("length(conduct_codes) <= 600", name="conduct_codes_size"),
        sa.CheckConstraint("length(district_code) <= 60", name="district_code_size"),
        sa.CheckConstraint("length(ground_codes) <= 600", name="ground_codes_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(outcome_code) <= 60", name="outcome_code_size"),
        sa.CheckConstraint("length(reason_code) <= 60", name="reason_code_size"),
        sa.CheckConstraint("length(reference) <= 9", name="reference_size"),
        sa.CheckConstraint("length(reported_week) <= 8", name="reported_week_size"),
        sa.CheckConstraint("length(reporter_public_key) = 32", name="reporter_public_key_size"),
        sa.CheckConstraint("length(respondent_code) <= 60", name="respondent_code_size"),
        sa.CheckConstraint("length(response_codes) <= 600", name="response_codes_size"),
        sa.CheckConstraint("length(routing_code) <= 10", name="routing_code_size"),
        sa.CheckConstraint("length(urgency_code) <= 10", name="urgency_code_size"),
        sa.ForeignKeyConstraint(["assigned_to"], ["staff.id"], name="fk_case_file_assigned_to"),
        sa.ForeignKeyConstraint(["report_id"], ["inbox_report.id"], name="fk_case_file_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_file"),
        sa.UniqueConstraint("reference", name="uq_case_file_reference"),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(
            "case_file_of_an_adviser", ["assigned_to", "closed_on", "opened_on", "id"], unique=False
        )

    op.create_table(
        "history_fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_name", sa.String(length=40), nullable=False),
        sa.Column("row_key", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("occurred_year", sa.Integer(), nullable=True),
        sa.Column("ground_codes", sa.String(length=400), nullable=False),
        sa.Column("district_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=60), nullable=False),
        sa.Column("respondent_code", sa.String(length=60), nullable=False),
        sa.Column("conduct_codes", sa.String(length=400), nullable=False),
        sa.Column("channel_code", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.CheckConstraint("ground_codes <> ''", name="some_ground"),
        sa.CheckConstraint("length(area_code) <= 60", name="area_code_size"),
        sa.CheckConstraint("length(channel_code) <= 60", name="channel_code_size"),
        sa.CheckConstraint("length(conduct_codes) <= 400", name="conduct_codes_size"),
        sa.CheckConstraint("length(district_code) <= 60", name="district_code_size"),
        sa.CheckConstraint("length(ground_codes) <= 400", name="ground_codes_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(month) <= 7", name="month_size"),
        sa.CheckConstraint("length(month) = 7", name="month_is_a_month"),
        sa.CheckConstraint("length(respondent_code) <= 60", name="respondent_code_size"),
        sa.CheckConstraint("length(row_key) <= 64", name="row_key_size"),
        sa.CheckConstraint("length(source_name) <= 40", name="source_name_size"),
        sa.ForeignKeyConstraint(["source_name"], ["history_source.name"], name="fk_history_fact_source_name"),
        sa.PrimaryKeyConstraint("id", name="pk_history_fact"),
        sa.UniqueConstraint("source_name", "row_key", name="one_row_once"),
    )
    with op.batch_alter_table("history_fact", schema=None) as batch_op:
        batch_op.create_index("ix_history_fact_source_name", ["source_name"], unique=False)

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

    op.create_table(
        "case_content",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('story', 'contact')", name="kind_is_known"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_content_case_id"),
        sa.PrimaryKeyConstraint("case_id", "kind", name="pk_case_content"),
    )
    op.create_table(
        "case_key",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_to_escrow", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(public_key) = 32", name="public_key_size"),
        sa.CheckConstraint("length(sealed_to_escrow) <= 1114112", name="sealed_to_escrow_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_key_case_id"),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_case_key"),
    )
    op.create_table(
        "case_key_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(sealed_private_key) <= 1114112", name="sealed_private_key_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_key_grant_case_id"),
        sa.ForeignKeyConstraint(["granted_by"], ["staff.id"], name="fk_case_key_grant_granted_by"),
        sa.ForeignKeyConstraint(["holder_id"], ["staff.id"], name="fk_case_key_grant_holder_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_key_grant"),
    )
    with op.batch_alter_table("case_key_grant", schema=None) as batch_op:
        batch_op.create_index("case_key_grant_of_a_holder", ["holder_id", "case_id"], unique=False)
        batch_op.create_index("ix_case_key_grant_case_id", ["case_id"], unique=False)

    op.create_table(
        "case_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("direction IN ('in', 'out', 'note')", name="direction_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_message_case_id"),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"], name="fk_case_message_written_by"),
        sa.PrimaryKeyConstraint("id", name="pk_case_message"),
    )
    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.create_index("case_message_thread", ["case_id", "seq"], unique=False)

    op.create_table(
        "coded_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(report_id IS NULL) <> (case_id IS NULL)", name="coded_record_of_report_or_case"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_coded_record_case_id"),
        sa.ForeignKeyConstraint(["report_id"], ["inbox_report.id"], name="fk_coded_record_report_id"),
        sa.PrimaryKeyConstraint("id", name="pk_coded_record"),
        sa.UniqueConstraint("case_id", name="uq_coded_record_case_id"),
        sa.UniqueConstraint("report_id", name="uq_coded_record_report_id"),
    )


def downgrade() -> None:
    op.drop_table("coded_record")
    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.drop_index("case_message_thread")

    op.drop_table("case_message")
    with op.batch_alter_table("case_key_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_case_key_grant_case_id")
        batch_op.drop_index("case_key_grant_of_a_holder")

    op.drop_table("case_key_grant")
    op.drop_table("case_key")
    op.drop_table("case_content")
    with op.batch_alter_table("key_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_key_grant_key_name")
        batch_op.drop_index("ix_key_grant_holder_id")

    op.drop_table("key_grant")
    with op.batch_alter_table("history_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_history_fact_source_name")

    op.drop_table("history_fact")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index("case_file_of_an_adviser")

    op.drop_table("case_file")
    op.drop_table("staff")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("outbox_waiting")

    op.drop_table("outbox")
    op.drop_table("office_key")
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_message_case_number")

    op.drop_table("incoming_message")
    with op.batch_alter_table("inbox_report", schema=None) as batch_op:
        batch_op.drop_index("inbox_report_queue")

    op.drop_table("inbox_report")
    op.drop_table("history_source")
    op.drop_table("event")
    with op.batch_alter_table("consent_change", schema=None) as batch_op:
        batch_op.drop_index("ix_consent_change_case_number")

    op.drop_table("consent_change")
    op.drop_table("chain_head")
