"""Keep what a model says in the house's codes, and the reading that it scored."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signal", sa.Column("codes", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("signal", sa.Column("read_as", sa.Text(), nullable=True))
    op.add_column(
        "signal", sa.Column("read_by", sa.String(length=20), server_default="", nullable=False)
    )


def downgrade() -> None:
    for column in ("read_by", "read_as", "codes"):
        op.drop_column("signal", column)
