"""Keep what a lead sets: how sure the model has to be, words that are fine, settled texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LISTED = sa.text("removed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "sureness_setting",
        _id("id"),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("flag_from", sa.Float(), nullable=True),
        sa.Column("flag_at", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("set_by"),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        _refers("sureness_setting", "org_id", "organisation"),
        _refers("sureness_setting", "set_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sureness_setting")),
        sa.UniqueConstraint("form_id", name=op.f("uq_sureness_setting_form_id")),
        sa.UniqueConstraint("org_id", "number", name=op.f("uq_sureness_setting_org_id_number")),
    )
    op.create_table(
        "fine_word",
        _id("id"),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("added_by"),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_reason", sa.Text(), nullable=False),
        _id("removed_by", nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        _refers("fine_word", "org_id", "organisation"),
        _refers("fine_word", "added_by", "user_account"),
        _refers("fine_word", "removed_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fine_word")),
    )
    op.create_index(
        "uq_fine_word_listed",
        "fine_word",
        ["org_id", "words"],
        unique=True,
        sqlite_where=_LISTED,
        postgresql_where=_LISTED,
    )
    op.create_table(
        "settled_text",
        _id("id"),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        _id("item_id"),
        _id("decision_id"),
        _id("post_id"),
        sa.Column("author_ref", sa.String(length=200), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        _id("settled_by"),
        sa.Column("settled_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        _id("ended_by", nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _refers("settled_text", "org_id", "organisation"),
        _refers("settled_text", "item_id", "item"),
        _refers("settled_text", "decision_id", "decision"),
        _refers("settled_text", "post_id", "post"),
        _refers("settled_text", "settled_by", "user_account"),
        _refers("settled_text", "ended_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settled_text")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_settled_text_decision_id")),
    )
    op.create_index(op.f("ix_settled_text_item_id"), "settled_text", ["item_id"])
    op.create_index(
        op.f("ix_settled_text_org_id_author_ref_words_sha256"),
        "settled_text",
        ["org_id", "author_ref", "words_sha256"],
    )


def downgrade() -> None:
    for table in ("settled_text", "fine_word", "sureness_setting"):
        op.drop_table(table)


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
