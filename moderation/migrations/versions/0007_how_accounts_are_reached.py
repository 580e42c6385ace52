"""Keep how accounts are reached: checks, sealed secrets, rests, cost, rounds, what was pushed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IDENTIFIED = sa.text("native_id <> ''")
_STANDING = sa.Enum(
    "visible", "hidden", "held", "unknown", name="standing", native_enum=False, length=40
)


def _added() -> dict[str, list[sa.Column[object]]]:
    """Return the columns that are added, made afresh: a column belongs to one statement."""
    return {
        "account": [
            sa.Column("native_id", sa.String(length=200), server_default="", nullable=False),
            sa.Column("native_name", sa.Text(), server_default="", nullable=False),
            sa.Column("checked_at", sa.BigInteger()),
            sa.Column("expires_at", sa.BigInteger()),
            sa.Column("missing", sa.JSON(), server_default="[]", nullable=False),
            sa.Column("rest_until", sa.BigInteger()),
            sa.Column("act_rest_until", sa.BigInteger()),
            sa.Column("rest_reason", sa.Text(), server_default="", nullable=False),
            sa.Column("live_days", sa.Integer(), server_default="28", nullable=False),
            sa.Column("secrets_at", sa.BigInteger()),
        ],
        "feed_cursor": [
            sa.Column("polled_at", sa.BigInteger()),
            sa.Column("began_at", sa.BigInteger()),
            sa.Column("done_at", sa.BigInteger()),
            sa.Column("since", sa.BigInteger()),
            sa.Column("reached", sa.BigInteger()),
        ],
        "item": [
            sa.Column("standing", _STANDING, server_default="unknown", nullable=False),
            sa.Column("sighted_at", sa.BigInteger()),
        ],
        "platform_action": [
            sa.Column("done_by", _ID),
            sa.Column("reference", sa.Text(), server_default="", nullable=False),
        ],
    }


def upgrade() -> None:
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_index(
        "uq_account_identity",
        "account",
        ["connector", "native_id"],
        unique=True,
        sqlite_where=_IDENTIFIED,
        postgresql_where=_IDENTIFIED,
    )
    _account_secret()
    _account_usage()
    _delivery()


def _account_secret() -> None:
    op.create_table(
        "account_secret",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_secret_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_account_secret")),
    )
    op.create_index(op.f("ix_account_secret_key_id"), "account_secret", ["key_id"])


def _account_usage() -> None:
    op.create_table(
        "account_usage",
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("period", sa.String(length=20), nullable=False),
        sa.Column("spent", sa.Float(), nullable=False),
        sa.Column("warned", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_usage_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "period", name=op.f("pk_account_usage")),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", _ID, nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_delivery_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("account_id", "sha256", name=op.f("uq_delivery_account_id_sha256")),
    )


def downgrade() -> None:
    for table in ("delivery", "account_usage", "account_secret"):
        op.drop_table(table)
    op.drop_index("uq_account_identity", table_name="account")
    for table, columns in _added().items():
        for column in columns:
            op.drop_column(table, column.name)
