"""Situations reach the observatory in codes, by month, without identifiers.

The first shape of the store; going back removes everything in it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_situations_in_codes"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(kind) <= 40", name="kind_size"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("period_basis", sa.String(length=13), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("occurred_year", sa.Integer(), nullable=True),
        sa.Column("district_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=60), nullable=False),
        sa.Column("ground_codes", sa.String(length=400), nullable=False),
        sa.Column("conduct_codes", sa.String(length=400), nullable=False),
        sa.Column("respondent_code", sa.String(length=60), nullable=False),
        sa.Column("channel_code", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("barrier_codes", sa.String(length=400), nullable=False),
        sa.Column("path_codes", sa.String(length=400), nullable=False),
        sa.Column("stage_code", sa.String(length=60), nullable=False),
        sa.Column("response_codes", sa.String(length=400), nullable=False),
        sa.Column("outcome_code", sa.String(length=60), nullable=True),
        sa.Column("first_answer_band", sa.String(length=60), nullable=True),
        sa.Column("person_group", sa.BigInteger(), nullable=False),
        sa.Column("respondent_group", sa.BigInteger(), nullable=False),
        sa.Column("incident_group", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ground_codes <> ''", name="ground_is_told_or_unknown"),
        sa.CheckConstraint(
            "period_basis IN ('registration', 'imported', 'demonstration')", name="period_basis_is_known"
        ),
        sa.CheckConstraint(
            "source IN ('live', 'demonstration') OR source LIKE 'imported:_%'", name="source_is_known"
        ),
        sa.CheckConstraint(
            "substr(month, 5, 1) = '-' AND substr(month, 6, 2) BETWEEN '01' AND '12'", name="month_is_a_month"
        ),
        sa.CheckConstraint("length(area_code) <= 60", name="area_code_size"),
        sa.CheckConstraint("length(barrier_codes) <= 400", name="barrier_codes_size"),
        sa.CheckConstraint("length(channel_code) <= 60", name="channel_code_size"),
        sa.CheckConstraint("length(conduct_codes) <= 400", name="conduct_codes_size"),
        sa.CheckConstraint("length(district_code) <= 60", name="district_code_size"),
        sa.CheckConstraint("length(first_answer_band) <= 60", name="first_answer_band_size"),
        sa.CheckConstraint("length(ground_codes) <= 400", name="ground_codes_size"),
        sa.CheckConstraint("length(language) <= 20", name="language_size"),
        sa.CheckConstraint("length(month) = 7", name="month_size"),
        sa.CheckConstraint("length(outcome_code) <= 60", name="outcome_code_size"),
        sa.CheckConstraint("length(path_codes) <= 400", name="path_codes_size"),
        sa.CheckConstraint("length(respondent_code) <= 60", name="respondent_code_size"),
        sa.CheckConstraint("length(response_codes) <= 400", name="response_codes_size"),
        sa.CheckConstraint("length(source) <= 60", name="source_size"),
        sa.CheckConstraint("length(stage_code) <= 60", name="stage_code_size"),
        sa.CheckConstraint("occurred_year BETWEEN 1900 AND 2200", name="occurred_year_is_a_year"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index("ix_fact_source_month", ["source", "month"], unique=False)

    op.create_table(
        "period",
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("release_name", sa.String(length=60), nullable=True),
        sa.CheckConstraint("(state = 'released') = (release_name IS NOT NULL)", name="released_by_a_release"),
        sa.CheckConstraint("state IN ('open', 'frozen', 'released')", name="state_is_known"),
        sa.CheckConstraint("substr(quarter, 5, 2) = '-Q'", name="quarter_is_a_quarter"),
        sa.CheckConstraint("length(quarter) = 7", name="quarter_size"),
        sa.CheckConstraint("length(release_name) <= 60", name="release_name_size"),
        sa.CheckConstraint("length(source) <= 60", name="source_size"),
        sa.PrimaryKeyConstraint("source", "quarter", name=op.f("pk_period")),
    )


def downgrade() -> None:
    op.drop_table("period")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index("ix_fact_source_month")

    op.drop_table("fact")
    op.drop_table("alert")
