"""Documents that the office adds to a case, and the sealed pieces of their files.

Going back drops them with what lies sealed in them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035_documents"
down_revision = "0034_near_names"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("number > 0", name="documents_are_numbered"),
        sa.CheckConstraint("(voided_on IS NULL) = (voided_by IS NULL)", name="voided_by_somebody"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_document_case_id")),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_case_document_added_by")),
        sa.ForeignKeyConstraint(["voided_by"], ["staff.id"], name=op.f("fk_case_document_voided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_document")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_document_case_id_number")),
    )
    op.create_table(
        "document_piece",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=9), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number >= 0", name="pieces_of_documents_are_numbered"),
        sa.CheckConstraint("length(case_number) = 9", name="case_number_size"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_document_piece")),
    )
    op.create_index(op.f("ix_document_piece_case_number"), "document_piece", ["case_number"])


def downgrade() -> None:
    op.drop_index(op.f("ix_document_piece_case_number"), table_name="document_piece")
    op.drop_table("document_piece")
    op.drop_table("case_document")
