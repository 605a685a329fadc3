"""Letters of a case and the files made of them; dossiers for a prosecutor or a court.

Going back drops them: an older desk writes neither, and what was handed over lies with whom it was handed to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023_letters_and_papers"
down_revision = "0022_appointments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        *_of_a_case(),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("to_code", sa.String(length=10), nullable=False),
        sa.Column("state_code", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("via_code", sa.String(length=10), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        *_sealed(),
        _known("to_code", "person", "respondent", "holder", "authority"),
        _known("state_code", "draft", "made", "sent"),
        _known("via_code", "post", "registered", "handed", "email", "registry"),
        sa.CheckConstraint("length(template) <= 40", name="template_size"),
        sa.CheckConstraint(
            "(state_code = 'sent') = (sent_on IS NOT NULL) AND (sent_on IS NULL) = (via_code IS NULL)"
            " AND (sent_on IS NULL) = (sent_by IS NULL)",
            name="sent_by_way_name_and_day",
        ),
        *_keys("letter", case_id="case_file", written_by="staff", sent_by="staff"),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"])
    op.create_table(
        "letter_file",
        *_of_a_case(),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("format_code", sa.String(length=3), nullable=False),
        *_sealed(),
        _known("format_code", "pdf"),
        *_keys("letter_file", case_id="case_file", letter_id="letter"),
        sa.UniqueConstraint(
            "letter_id", "number", "format_code", name=op.f("uq_letter_file_letter_id_number_format_code")
        ),
    )
    op.create_index(op.f("ix_letter_file_case_id"), "letter_file", ["case_id"])
    op.create_table(
        "dossier",
        *_of_a_case(),
        sa.Column("to_code", sa.String(length=10), nullable=False),
        sa.Column("state_code", sa.String(length=9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("evidence_code", sa.String(length=11), nullable=True),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        *_sealed(),
        _known("to_code", "prosecutor", "court", "authority"),
        _known("state_code", "draft", "consented", "made", "revoked"),
        _known("evidence_code", "signed", "spoken", "interpreted", "message"),
        sa.CheckConstraint(
            "(state_code = 'draft') = (consented_on IS NULL)"
            " AND (consented_on IS NULL) = (consent_until IS NULL)"
            " AND (consented_on IS NULL) = (evidence_code IS NULL)",
            name="a_consent_is_whole",
        ),
        sa.CheckConstraint("(state_code = 'revoked') = (revoked_on IS NOT NULL)", name="revoked_on_a_day"),
        *_keys("dossier", case_id="case_file", written_by="staff"),
    )
    op.create_index(op.f("ix_dossier_case_id"), "dossier", ["case_id"])


def downgrade() -> None:
    for table in ("dossier", "letter_file", "letter"):
        op.drop_table(table)


def _of_a_case() -> tuple[sa.Column, ...]:
    return (sa.Column("id", sa.Uuid(), nullable=False), sa.Column("case_id", sa.Uuid(), nullable=False))


def _sealed() -> tuple[sa.Column | sa.CheckConstraint, ...]:
    return (
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
    )


def _known(name: str, *codes: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{code}'" for code in codes)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=f"{name}_is_known")


def _keys(table: str, **to: str) -> tuple[sa.Constraint, ...]:
    return (
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, other in to.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
