"""What may be counted: coded records, and figures of earlier years with their sources."""

import sqlalchemy as sa
from alembic import op


def put_up() -> None:
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


def take_down() -> None:
    with op.batch_alter_table("history_fact", schema=None) as batch_op:
        batch_op.drop_index("ix_history_fact_source_name")
    op.drop_table("history_fact")

    op.drop_table("history_source")

    op.drop_table("coded_record")
