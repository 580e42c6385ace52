"""Keep how sure it is at whom a text is aimed, and the words that show it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposal", sa.Column("target_confidence", sa.String(length=10), nullable=True))
    op.add_column("proposal", sa.Column("target_words", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("proposal", "target_words")
    op.drop_column("proposal", "target_confidence")
