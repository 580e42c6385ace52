"""Keep what evidence holds: media, additions, time stamps, checkpoints, packs, holds, erasures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from moderation.migrations import audit_append, evidence_locks

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MADE = (
    "audit_checkpoint",
    "time_stamp",
    "erasure",
    "disclosure",
    "evidence_addition",
    "legal_hold",
    "evidence_media",
    "action_on_capture",
)


def _added() -> dict[str, list[sa.Column[object]]]:
    """Return the columns that are added, made afresh: a column belongs to one statement."""
    return {
        "evidence_record": [
            sa.Column("meter", sa.JSON(), server_default="{}", nullable=False),
            sa.Column("erased_at", sa.BigInteger()),
        ],
        "ingest_page": [
            sa.Column("collected", sa.JSON(), server_default="{}", nullable=False),
            sa.Column("certificate_sha256", sa.String(64)),
            sa.Column("erased_at", sa.BigInteger()),
        ],
        "item_version": [
            sa.Column("media", sa.JSON(), server_default="[]", nullable=False),
            sa.Column("erased_at", sa.BigInteger()),
        ],
        "quarantine": [sa.Column("erased_at", sa.BigInteger())],
    }


def upgrade() -> None:
    for table, columns in _added().items():
        for column in columns:
            op.add_column(table, column)
    _retention_indexes()
    _audit_checkpoint()
    _time_stamp()
    _erasure()
    _disclosure()
    _evidence_addition()
    _legal_hold()
    _evidence_media()
    _action_on_capture()
    evidence_locks.create()
    audit_append.create()


def _retention_indexes() -> None:
    kept = sa.text("erased_at IS NULL")
    op.create_index(op.f("ix_ingest_page_raw_sha256"), "ingest_page", ["raw_sha256"])
    op.create_index(
        op.f("ix_ingest_page_certificate_sha256"), "ingest_page", ["certificate_sha256"]
    )
    op.create_index(
        "ix_item_version_kept",
        "item_version",
        ["item_id"],
        sqlite_where=kept,
        postgresql_where=kept,
    )


def _audit_checkpoint() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("id", _ID, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("line_hash", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mailed_at", sa.BigInteger()),
        sa.Column("written_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_checkpoint")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_checkpoint_seq")),
    )


def _time_stamp() -> None:
    op.create_table(
        "time_stamp",
        sa.Column("id", _ID, nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "evidence", "addition", "checkpoint", name="stamped", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("authority", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.Column("token_sha256", sa.String(length=64)),
        sa.Column("stamped_at", sa.BigInteger()),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "token_sha256 IS NULL OR stamped_at IS NOT NULL",
            name=op.f("ck_time_stamp_a_token_says_its_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_stamp")),
        sa.UniqueConstraint(
            "subject",
            "subject_id",
            "authority",
            name=op.f("uq_time_stamp_subject_subject_id_authority"),
        ),
    )


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", _ID, nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("klass", sa.String(length=8), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("policy_revision", sa.String(length=60), nullable=False),
        sa.Column("first_by", sa.String(length=60)),
        sa.Column("second_by", sa.String(length=60)),
        sa.Column("done_at", sa.BigInteger()),
        sa.Column("cancelled_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("erased", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_erasure_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_about"), "erasure", ["about"])
    op.create_index(op.f("ix_erasure_org_id_proposed_at"), "erasure", ["org_id", "proposed_at"])


def _disclosure() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "evidence",
                "police",
                "platform",
                "hr",
                "standards_board",
                "person_affected",
                "subject_access",
                name="packkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("case_id", _ID),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "made",
                "failed",
                "handed_over",
                "withdrawn",
                name="disclosurestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("consent_note", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("requested_by", sa.String(length=60), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("made_at", sa.BigInteger()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("handed_to", sa.Text(), nullable=False),
        sa.Column("handed_how", sa.Text(), nullable=False),
        sa.Column("handed_by", sa.String(length=60), nullable=False),
        sa.Column("handed_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_disclosure_case_id_hr_case")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_disclosure_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("form_id", name=op.f("uq_disclosure_form_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_disclosure_ref")),
    )
    op.create_index(op.f("ix_disclosure_about"), "disclosure", ["about"])
    op.create_index(
        op.f("ix_disclosure_org_id_requested_at"), "disclosure", ["org_id", "requested_at"]
    )


def _evidence_addition() -> None:
    op.create_table(
        "evidence_addition",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("item_id", _ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "screenshot",
                "live_page",
                "mail",
                "call_log",
                "file",
                name="additionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("obtained_at", sa.BigInteger()),
        sa.Column("obtained_how", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_evidence_addition_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_addition")),
        sa.UniqueConstraint("form_id", name=op.f("uq_evidence_addition_form_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_evidence_addition_ref")),
    )
    op.create_index(op.f("ix_evidence_addition_item_id"), "evidence_addition", ["item_id"])


def _legal_hold() -> None:
    op.create_table(
        "legal_hold",
        sa.Column("id", _ID, nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("item_id", _ID),
        sa.Column("case_id", _ID),
        sa.Column(
            "reason",
            sa.Enum(
                "serious",
                "police",
                "claim",
                "inquest",
                "ombudsman",
                "information_request",
                "other",
                name="holdreason",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("begun_by", sa.String(length=60), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ended_by", sa.String(length=60)),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "(item_id IS NULL) <> (case_id IS NULL)",
            name=op.f("ck_legal_hold_of_an_item_or_a_case"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_legal_hold_case_id_hr_case")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_legal_hold_item_id_item")),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_legal_hold_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.UniqueConstraint("form_id", name=op.f("uq_legal_hold_form_id")),
    )
    op.create_index(op.f("ix_legal_hold_case_id_ended_at"), "legal_hold", ["case_id", "ended_at"])
    op.create_index(op.f("ix_legal_hold_item_id_ended_at"), "legal_hold", ["item_id", "ended_at"])
    op.create_index(op.f("ix_legal_hold_org_id_review_on"), "legal_hold", ["org_id", "review_on"])


def _evidence_media() -> None:
    op.create_table(
        "evidence_media",
        sa.Column("evidence_id", _ID, nullable=False),
        sa.Column("n", sa.SmallInteger(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("final_url", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("fetched_at", sa.BigInteger()),
        sa.Column("skipped", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence_record.id"],
            name=op.f("fk_evidence_media_evidence_id_evidence_record"),
        ),
        sa.PrimaryKeyConstraint("evidence_id", "n", name=op.f("pk_evidence_media")),
    )
    op.create_index(op.f("ix_evidence_media_sha256"), "evidence_media", ["sha256"])


def _action_on_capture() -> None:
    op.create_table(
        "action_on_capture",
        sa.Column("id", _ID, nullable=False),
        sa.Column("evidence_id", _ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hide",
                "unhide",
                "delete",
                "report",
                "block",
                "unblock",
                name="actionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Text(), nullable=False),
        sa.Column("requested_by", _ID, nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("settled_at", sa.BigInteger()),
        sa.Column("action_id", _ID),
        sa.Column("done_by", _ID),
        sa.Column("says", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["platform_action.id"],
            name=op.f("fk_action_on_capture_action_id_platform_action"),
        ),
        sa.ForeignKeyConstraint(
            ["done_by"],
            ["user_account.id"],
            name=op.f("fk_action_on_capture_done_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence_record.id"],
            name=op.f("fk_action_on_capture_evidence_id_evidence_record"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["user_account.id"],
            name=op.f("fk_action_on_capture_requested_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_on_capture")),
        sa.UniqueConstraint("form_id", name=op.f("uq_action_on_capture_form_id")),
    )
    op.create_index(
        op.f("ix_action_on_capture_evidence_id_settled_at"),
        "action_on_capture",
        ["evidence_id", "settled_at"],
    )


def downgrade() -> None:
    audit_append.drop()
    evidence_locks.drop()
    for table in reversed(_MADE):
        op.drop_table(table)
    op.drop_index("ix_item_version_kept", "item_version")
    op.drop_index(op.f("ix_ingest_page_certificate_sha256"), "ingest_page")
    op.drop_index(op.f("ix_ingest_page_raw_sha256"), "ingest_page")
    for table, columns in _added().items():
        for column in columns:
            op.drop_column(table, column.name)
