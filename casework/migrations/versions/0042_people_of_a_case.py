"""More roles and the side of somebody in a case, ends of keeping out, and who is competent.

Going back drops what was ended and said; who has a role an older desk does not know is "somebody else" again.
A name decided about twice keeps the last decision.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042_people_of_a_case"
down_revision = "0041_what_changed_since"
branch_labels = None
depends_on = None

OLD_ROLES = "'respondent', 'represented', 'affected', 'witness', 'former_client', 'other'"
NEW_ROLES = (
    "'respondent', 'represented', 'affected', 'reporter', 'witness', 'agent', 'guardian', 'support', "
    "'lawyer', 'interpreter', 'authority', 'former_client', 'other'"
)
RELATIONS = (
    "'economic_interest', 'family', 'friendship_enmity', 'former_role', 'service', 'decision', 'other_side'"
)
BODIES = "'office', 'region', 'state', 'labour', 'consumer', 'prosecutor', 'ombudsman', 'other'"
UNDECIDED = sa.text("decision_code IS NULL")
ONCE = "uq_conflict_check_party_id_other_party_id"


def upgrade() -> None:
    with op.batch_alter_table("case_party") as party:
        party.add_column(sa.Column("side_code", sa.String(length=10), nullable=True))
        party.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        party.drop_constraint("role_code_is_known", type_="check")
        party.create_check_constraint("role_code_is_known", f"role_code IN ({NEW_ROLES})")
        party.create_check_constraint(
            "side_code_is_known", "side_code IN ('person', 'respondent', 'neither')"
        )
    with op.batch_alter_table("case_party") as party:
        party.alter_column("version", existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("conflict_check") as check:
        check.drop_constraint(op.f(ONCE), type_="unique")
    op.create_index(
        "conflict_check_once",
        "conflict_check",
        ["party_id", "other_party_id"],
        unique=True,
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )
    op.create_table(
        "wall_down",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("relation_code", sa.String(length=17), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("down_on", sa.Date(), nullable=False),
        sa.Column("down_by", sa.Uuid(), nullable=False),
        *_sealed(),
        sa.CheckConstraint("down_by <> staff_id AND down_by <> made_by", name="down_by_a_second_person"),
        sa.CheckConstraint(f"relation_code IN ({RELATIONS})", name="relation_code_is_known"),
        *_keys("wall_down", "staff_id", "made_by", "down_by"),
    )
    op.create_index(op.f("ix_wall_down_case_id"), "wall_down", ["case_id"])
    op.create_table(
        "nobody_known",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *_sealed(),
        *_keys("nobody_known", "said_by"),
    )
    op.create_index(op.f("ix_nobody_known_case_id"), "nobody_known", ["case_id"])
    stands = sa.text("ended_on IS NULL")
    op.create_index(
        "nobody_known_once",
        "nobody_known",
        ["case_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "case_competence",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(f"body_code IN ({BODIES})", name="body_code_is_known"),
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_competence_case_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_case_competence_decided_by")),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_case_competence")),
    )


def downgrade() -> None:
    for name in ("case_competence", "nobody_known", "wall_down"):
        op.drop_table(name)
    op.drop_index("conflict_check_once", "conflict_check")
    op.execute(
        sa.text(
            "DELETE FROM conflict_check WHERE EXISTS (SELECT 1 FROM conflict_check AS later WHERE"
            " later.party_id = conflict_check.party_id"
            " AND later.other_party_id = conflict_check.other_party_id AND later.id > conflict_check.id)"
        )
    )
    with op.batch_alter_table("conflict_check") as check:
        check.create_unique_constraint(op.f(ONCE), ["party_id", "other_party_id"])
    op.execute(sa.text(f"UPDATE case_party SET role_code = 'other' WHERE role_code NOT IN ({OLD_ROLES})"))
    with op.batch_alter_table("case_party") as party:
        party.drop_constraint("side_code_is_known", type_="check")
        party.drop_constraint("role_code_is_known", type_="check")
        party.create_check_constraint("role_code_is_known", f"role_code IN ({OLD_ROLES})")
        party.drop_column("version")
        party.drop_column("side_code")


def _sealed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _keys(table: str, *people: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.CheckConstraint("length(sealed) <= 1114112", name="sealed_size"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f(f"fk_{table}_case_id")),
        *(sa.ForeignKeyConstraint([name], ["staff.id"], name=op.f(f"fk_{table}_{name}")) for name in people),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
