"""Who is in a case, the blind index of their names, conflicts of interest and who keeps out.

Going back drops them: an older desk has no place for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_people_and_conflicts"
down_revision = "0006_deadlines_of_cases"
branch_labels = None
depends_on = None


WHOLE = (
    "(decision_code IS NULL) = (decided_on IS NULL) AND (decision_code IS NULL) = (decided_by IS NULL)"
    " AND (decision_code IS NULL) = (sealed IS NULL)"
    " AND (decision_code IS NULL) = (key_version IS NULL)"
)
ROLES = "'respondent', 'represented', 'affected', 'witness', 'former_client', 'other'"
RELATIONS = (
    "'economic_interest', 'family', 'friendship_enmity', 'former_role', 'service', 'decision', 'other_side'"
)


def upgrade() -> None:
    op.create_table(
        "case_party",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("role_code", sa.String(length=13), nullable=False),
        sa.Column("kind_code", sa.String(length=12), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"role_code IN ({ROLES})", name="role_code_is_known"),
        sa.CheckConstraint("kind_code IN ('organisation', 'person')", name="kind_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_party_case_id")),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_case_party_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
    )
    op.create_index(op.f("ix_case_party_case_id"), "case_party", ["case_id"])
    op.create_table(
        "party_term",
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.LargeBinary(), nullable=False),
        sa.Column("likeness", sa.String(length=5), nullable=False),
        sa.Column("key_name", sa.String(length=60), nullable=False),
        sa.CheckConstraint("length(term) = 32", name="term_size"),
        sa.CheckConstraint("likeness IN ('name', 'sound')", name="likeness_is_known"),
        sa.CheckConstraint("length(key_name) <= 60", name="key_name_size"),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name=op.f("fk_party_term_party_id")),
        sa.PrimaryKeyConstraint("party_id", "term", name=op.f("pk_party_term")),
    )
    op.create_index(op.f("ix_party_term_term"), "party_term", ["term"])
    op.create_index(op.f("ix_party_term_key_name"), "party_term", ["key_name"])
    op.create_table(
        "conflict_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("other_case_id", sa.Uuid(), nullable=False),
        sa.Column("other_party_id", sa.Uuid(), nullable=False),
        sa.Column("likeness", sa.String(length=5), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("decision_code", sa.String(length=7), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(WHOLE, name="a_decision_is_whole"),
        sa.CheckConstraint("likeness IN ('name', 'sound')", name="likeness_is_known"),
        sa.CheckConstraint("decision_code IN ('none', 'wall', 'recusal')", name="decision_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_conflict_check_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["case_party.id"], name=op.f("fk_conflict_check_party_id")),
        sa.ForeignKeyConstraint(
            ["other_case_id"], ["case_file.id"], name=op.f("fk_conflict_check_other_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_party_id"], ["case_party.id"], name=op.f("fk_conflict_check_other_party_id")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_conflict_check_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_check")),
        sa.UniqueConstraint(
            "party_id", "other_party_id", name=op.f("uq_conflict_check_party_id_other_party_id")
        ),
    )
    op.create_index(op.f("ix_conflict_check_case_id"), "conflict_check", ["case_id"])
    undecided = sa.text("decision_code IS NULL")
    op.create_index(
        "conflict_check_undecided",
        "conflict_check",
        ["case_id"],
        sqlite_where=undecided,
        postgresql_where=undecided,
    )
    op.create_table(
        "case_wall",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("relation_code", sa.String(length=17), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(f"relation_code IN ({RELATIONS})", name="relation_code_is_known"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_wall_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_case_wall_staff_id")),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_case_wall_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_wall")),
        sa.UniqueConstraint("case_id", "staff_id", name=op.f("uq_case_wall_case_id_staff_id")),
    )
    op.create_index(op.f("ix_case_wall_case_id"), "case_wall", ["case_id"])


def downgrade() -> None:
    for name in ("case_wall", "conflict_check", "party_term", "case_party"):
        op.drop_table(name)
