"""What the office knows of bodies, referrals of cases, what is written in them, and partners' links.

Going back drops them: an older desk has no place for them, and an address of a pack finds nothing then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_referrals"
down_revision = "0009_tracks_of_cases"
branch_labels = None
depends_on = None

STATES = "'drafted', 'consented', 'sent', 'accepted', 'declined', 'no_answer', 'working', 'done', 'revoked'"
WHOLE_CONSENT = (
    "(consented_on IS NULL) = (consent_items IS NULL) AND (consented_on IS NULL) = (consent_until IS NULL)"
    " AND (consented_on IS NULL) = (asked_in IS NULL) AND (consented_on IS NULL) = (evidence_code IS NULL)"
)
WHOLE_HANDING_OVER = (
    "(sent_on IS NULL) = (way_code IS NULL) AND (sent_on IS NULL) = (sent_by IS NULL)"
    " AND (sent_on IS NULL) = (answer_by IS NULL) AND (sent_on IS NULL OR consented_on IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "referral_body",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("way", sa.String(length=300), nullable=False),
        sa.Column("services", sa.String(length=1000), nullable=False),
        sa.Column("language_codes", sa.String(length=300), nullable=False),
        sa.Column("agreement_code", sa.String(length=7), nullable=False),
        sa.Column("agreement_until", sa.Date(), nullable=True),
        sa.Column("processing_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("agreement_code IN ('yes', 'no', 'unknown')", name="agreement_code_is_known"),
        sa.CheckConstraint("length(code) <= 40", name="code_size"),
        sa.CheckConstraint("length(language_codes) <= 300", name="language_codes_size"),
        sa.CheckConstraint("length(name) <= 160", name="name_size"),
        sa.CheckConstraint("length(services) <= 1000", name="services_size"),
        sa.CheckConstraint("length(way) <= 300", name="way_size"),
        sa.ForeignKeyConstraint(["checked_by"], ["staff.id"], name=op.f("fk_referral_body_checked_by")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_referral_body")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("body_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column("consent_items", sa.String(length=240), nullable=True),
        sa.Column("asked_in", sa.String(length=20), nullable=True),
        sa.Column("evidence_code", sa.String(length=11), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("way_code", sa.String(length=7), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("reminder_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(state = 'revoked') = (withdrawn_on IS NOT NULL)", name="a_withdrawal_has_a_day"),
        sa.CheckConstraint(
            "evidence_code IN ('signed', 'spoken', 'interpreted', 'message')", name="evidence_code_is_known"
        ),
        sa.CheckConstraint(f"state IN ({STATES})", name="state_is_known"),
        sa.CheckConstraint(
            "state IN ('drafted', 'revoked') OR consented_on IS NOT NULL",
            name="nothing_goes_out_without_consent",
        ),
        sa.CheckConstraint("way_code IN ('printed', 'link')", name="way_code_is_known"),
        sa.CheckConstraint(WHOLE_CONSENT, name="a_consent_is_whole"),
        sa.CheckConstraint(WHOLE_HANDING_OVER, name="a_handing_over_is_whole"),
        sa.CheckConstraint("length(asked_in) <= 20", name="asked_in_size"),
        sa.CheckConstraint("length(body_code) <= 40", name="body_code_size"),
        sa.CheckConstraint("length(consent_items) <= 240", name="consent_items_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["staff.id"], name=op.f("fk_referral_drafted_by")),
        sa.ForeignKeyConstraint(["sent_by"], ["staff.id"], name=op.f("fk_referral_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"])
    waiting = sa.text("state IN ('sent', 'declined', 'no_answer')")
    op.create_index(
        "referral_waiting", "referral", ["answer_by"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "referral_link",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.CheckConstraint("length(token_hash) = 32", name="token_hash_size"),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_link_referral_id")),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_referral_link_token_hash")),
    )
    op.create_table(
        "referral_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.CheckConstraint("kind IN ('pack', 'evidence', 'answer', 'note')", name="kind_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_referral_words_case_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_referral_words_referral_id")),
        sa.ForeignKeyConstraint(["written_by"], ["staff.id"], name=op.f("fk_referral_words_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_words")),
    )
    op.create_index(op.f("ix_referral_words_case_id"), "referral_words", ["case_id"])
    op.create_index(op.f("ix_referral_words_referral_id"), "referral_words", ["referral_id"])


def downgrade() -> None:
    for name in ("referral_words", "referral_link", "referral", "referral_body"):
        op.drop_table(name)
