"""Keep what texts at one person have in common, so that a campaign by shared words is found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    item_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "contact_mark",
        sa.Column("item_id", item_id, nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("target_staff_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_contact_mark_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_contact_mark_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("item_id", "mark", name=op.f("pk_contact_mark")),
    )
    op.create_index(
        op.f("ix_contact_mark_org_id_target_staff_id_mark"),
        "contact_mark",
        ["org_id", "target_staff_id", "mark"],
    )


def downgrade() -> None:
    op.drop_table("contact_mark")
