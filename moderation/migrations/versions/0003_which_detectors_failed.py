"""Keep which detectors failed, since when and on how many items."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "detector_health",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column(
            "failure",
            sa.Enum(
                "broke",
                "timed_out",
                "out_of_memory",
                "bad_answer",
                "stopped",
                "not_started",
                name="failure",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("failing_since", sa.BigInteger(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("worked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_detector_health")),
    )


def downgrade() -> None:
    op.drop_table("detector_health")
