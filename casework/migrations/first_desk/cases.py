"""Cases, their keys, and what is kept under those keys."""

import sqlalchemy as sa
from alembic import op


def put_up() -> None:
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


def take_down() -> None:
    with op.batch_alter_table("case_message", schema=None) as batch_op:
        batch_op.drop_index("case_message_thread")
    op.drop_table("case_message")

    op.drop_table("case_content")

    with op.batch_alter_table("case_key_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_case_key_grant_case_id")
        batch_op.drop_index("case_key_grant_of_a_holder")
    op.drop_table("case_key_grant")

    op.drop_table("case_key")

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index("case_file_of_an_adviser")
    op.drop_table("case_file")
