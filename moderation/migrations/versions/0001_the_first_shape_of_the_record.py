"""The first shape of the record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from moderation.migrations import locks

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("line_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("line_hash", name=op.f("uq_audit_entry_line_hash")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("line_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "lane",
            sa.Enum(
                "alert",
                "act",
                "capture",
                "classify",
                "ingest",
                "summary",
                name="lane",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=120), nullable=False),
        sa.Column("dedupe", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ready", "leased", "done", "dead", name="jobstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("run_after", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("lease_owner", sa.String(length=80), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "attempts >= 0 AND attempts <= max_attempts", name=op.f("ck_job_attempts_in_limit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_job_dedupe")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_due",
            ["lane", "run_after", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('ready', 'leased')"),
            postgresql_where=sa.text("state IN ('ready', 'leased')"),
        )
        batch_op.create_index("ix_job_ref", ["kind", "ref"], unique=False)
        batch_op.create_index("ix_job_state", ["state", "lane"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_failure_key_at"), ["key", "at"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("platform", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("connector", sa.String(length=40), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "ok", "paused", "auth_lost", name="accountstatus", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("poll_every_s", sa.Integer(), nullable=False),
        sa.Column("polled_at", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_account_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("org_id", "key", name=op.f("uq_account_org_id_key")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "wanted",
                "spooled",
                "accepted",
                "failed",
                "acknowledged",
                name="alertstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_alert_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("message_id", name=op.f("uq_alert_message_id")),
        sa.UniqueConstraint(
            "rule", "about", "recipient", name=op.f("uq_alert_rule_about_recipient")
        ),
    )
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_about"), ["about"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_alert_org_id_state"), ["org_id", "state"], unique=False
        )

    op.create_table(
        "audit_body",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=60), nullable=True),
        sa.Column("object", sa.String(length=80), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seq"], ["audit_entry.seq"], name=op.f("fk_audit_body_seq_audit_entry")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_body")),
    )
    with op.batch_alter_table("audit_body", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_body_object_seq"), ["object", "seq"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_body_org_id_seq"), ["org_id", "seq"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audit_body_verb_seq"), ["verb", "seq"], unique=False)

    op.create_table(
        "hr_case",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "triage",
                "case_or_no_case",
                "no_case",
                "open",
                "support_in_place",
                "action",
                "outcome_recorded",
                "aftercare",
                "review",
                "closed",
                "reopened",
                name="casestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("affected_staff_id", sa.String(length=80), nullable=True),
        sa.Column("affected_person", sa.Text(), nullable=False),
        sa.Column(
            "perpetrator_type",
            sa.Enum(
                "public",
                "service_user",
                "linked_person",
                "child",
                "employee",
                "temp_volunteer_secondee_epw",
                "contractor_staff",
                "former_employee",
                "elected_member",
                "union_rep_in_capacity",
                "media_or_campaign",
                "anonymous",
                "coordinated_or_bot",
                "unknown",
                name="perpetratortype",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("police_consent", sa.String(length=20), nullable=False),
        sa.Column("police_decision", sa.Text(), nullable=False),
        sa.Column("safeguarding_answer", sa.Text(), nullable=False),
        sa.Column("conflict_check", sa.Text(), nullable=False),
        sa.Column("contact_note", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_hr_case_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_case")),
        sa.UniqueConstraint("ref", name=op.f("uq_hr_case_ref")),
    )
    with op.batch_alter_table("hr_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_case_org_id_state"), ["org_id", "state"], unique=False
        )

    op.create_table(
        "pattern",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "course_of_conduct", "mobbing", name="patternkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("target_staff_id", sa.String(length=80), nullable=False),
        sa.Column("author_ref", sa.String(length=200), nullable=True),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("occasions", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Integer(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_pattern_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pattern")),
    )
    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pattern_org_id_kind_target_staff_id_last_at"),
            ["org_id", "kind", "target_staff_id", "last_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_pattern_org_id_last_at"), ["org_id", "last_at"], unique=False
        )

    op.create_table(
        "staff",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("staff_id", sa.String(length=80), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("public_role", sa.Boolean(), nullable=False),
        sa.Column("more", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_staff_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("org_id", "staff_id", name=op.f("uq_staff_org_id_staff_id")),
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("iso_week", sa.String(length=10), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_summary_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summary")),
        sa.UniqueConstraint("org_id", "iso_week", name=op.f("uq_summary_org_id_iso_week")),
    )
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "comms_moderator",
                "comms_lead",
                "hr_adviser",
                "hr_lead",
                "safeguarding_lead",
                "board_member",
                "auditor",
                "administrator",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("blur", sa.Boolean(), nullable=False),
        sa.Column("single_keys", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_user_account_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
    )
    op.create_table(
        "case_member",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_case_member_case_id_hr_case")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_case_member_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_case_member")),
    )
    with op.batch_alter_table("case_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_member_user_id_barred"), ["user_id", "barred"], unique=False
        )

    op.create_table(
        "case_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column(
            "author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_case_note_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_case_note_case_id_hr_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
        sa.UniqueConstraint("form_id", name=op.f("uq_case_note_form_id")),
    )
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_note_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_support",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_yet",
                "offered",
                "accepted",
                "declined",
                "done",
                name="supportstatus",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_case_support_case_id_hr_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_support")),
        sa.UniqueConstraint("case_id", "code", name=op.f("uq_case_support_case_id_code")),
    )
    op.create_table(
        "feed_cursor",
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("feed", sa.String(length=100), nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.Column("page_no", sa.Integer(), nullable=False),
        sa.Column("last_ok_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_feed_cursor_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "feed", name=op.f("pk_feed_cursor")),
    )
    op.create_table(
        "ingest_page",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("feed", sa.String(length=100), nullable=False),
        sa.Column("page_no", sa.Integer(), nullable=False),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.Column("n_new", sa.Integer(), nullable=False),
        sa.Column("n_seen_before", sa.Integer(), nullable=False),
        sa.Column("n_changed", sa.Integer(), nullable=False),
        sa.Column("n_quarantined", sa.Integer(), nullable=False),
        sa.Column("raw_sha256", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_ingest_page_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_page")),
        sa.UniqueConstraint(
            "account_id", "feed", "page_no", name=op.f("uq_ingest_page_account_id_feed_page_no")
        ),
    )
    op.create_table(
        "post",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("native_id", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_post_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint("account_id", "native_id", name=op.f("uq_post_account_id_native_id")),
    )
    op.create_table(
        "web_session",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_web_session_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("native_id", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "reply",
                "mention",
                "review",
                "message",
                "phone_call",
                "email",
                "text_message",
                "letter",
                "in_person",
                "personal_account",
                "virtual_meeting",
                name="itemkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "clear",
                "review",
                "in_hand",
                "closed",
                name="itemstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("author_ref", sa.String(length=200), nullable=True),
        sa.Column("author_handle", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("parent_native_id", sa.String(length=200), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("gone_by", sa.String(length=40), nullable=True),
        sa.Column("queue_rank", sa.SmallInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "threat_serious",
                "menace",
                "harassment_course",
                "virtual_mobbing",
                "discriminatory_abuse",
                "sexual_abuse",
                "doxing",
                "impersonation_account",
                "personal_abuse",
                "humiliation_media",
                "malicious_falsehood",
                "extreme_content",
                "abuse_of_service",
                name="abuse",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column(
            "target_type",
            sa.Enum(
                "named_staff",
                "identifiable_staff",
                "staff_group",
                "service",
                "other_public_figure",
                "member_of_public",
                "group_by_characteristic",
                "none",
                name="targettype",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("target_staff_id", sa.String(length=80), nullable=True),
        sa.Column("first_look_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_item_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_item_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_item_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("account_id", "native_id", name=op.f("uq_item_account_id_native_id")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index("ix_item_author", ["org_id", "author_ref", "seen_at"], unique=False)
        batch_op.create_index(
            "ix_item_queue",
            ["org_id", "state", "queue_rank", "waiting_since", "id"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_account",
            ["org_id", "state", "account_id", "queue_rank", "waiting_since"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_category",
            ["org_id", "state", "category", "queue_rank", "waiting_since"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_counts",
            [
                "org_id",
                "state",
                "severity",
                "category",
                "account_id",
                "outcome",
                "urgent",
                "restricted",
                "target_type",
                "queue_rank",
                "id",
            ],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_oldest",
            ["org_id", "state", "waiting_since", "id"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_severity",
            ["org_id", "state", "severity", "queue_rank", "waiting_since"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_item_queue_unscored",
            ["org_id", "state", "queue_rank", "waiting_since", "id"],
            unique=False,
            sqlite_where=sa.text("queue_rank IS NOT NULL AND outcome = 'unscored'"),
            postgresql_where=sa.text("queue_rank IS NOT NULL AND outcome = 'unscored'"),
        )
        batch_op.create_index("ix_item_seen", ["org_id", "seen_at"], unique=False)
        batch_op.create_index("ix_item_state", ["org_id", "state", "seen_at", "id"], unique=False)
        batch_op.create_index(
            "ix_item_target",
            ["org_id", "target_staff_id", "occurred_at"],
            unique=False,
            sqlite_where=sa.text("target_staff_id IS NOT NULL"),
            postgresql_where=sa.text("target_staff_id IS NOT NULL"),
        )
        batch_op.create_index("ix_item_thread", ["account_id", "post_id", "seen_at"], unique=False)

    op.create_table(
        "quarantine",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "resolved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_quarantine_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_quarantine_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["ingest_page.id"], name=op.f("fk_quarantine_page_id_ingest_page")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"],
            ["user_account.id"],
            name=op.f("fk_quarantine_resolved_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("account_id", "sha256", name=op.f("uq_quarantine_account_id_sha256")),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_quarantine_org_id_resolved_at"), ["org_id", "resolved_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_quarantine_page_id"), ["page_id"], unique=False)

    op.create_table(
        "case_item",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["hr_case.id"], name=op.f("fk_case_item_case_id_hr_case")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_case_item_item_id_item")),
        sa.PrimaryKeyConstraint("case_id", "item_id", name=op.f("pk_case_item")),
    )
    with op.batch_alter_table("case_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_claim",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_claim_item_id_item")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_item_claim_user_id_user_account")
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_claim")),
    )
    with op.batch_alter_table("item_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_claim_until"), ["until"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_claim_user_id"), ["user_id"], unique=False)

    op.create_table(
        "item_version",
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "created",
                "edited",
                "deleted",
                "restored",
                name="versionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("page_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_version_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["page_id"], ["ingest_page.id"], name=op.f("fk_item_version_page_id_ingest_page")
        ),
        sa.PrimaryKeyConstraint("item_id", "seq", name=op.f("pk_item_version")),
    )
    with op.batch_alter_table("item_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_version_page_id"), ["page_id"], unique=False)

    op.create_table(
        "pattern_item",
        sa.Column(
            "pattern_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_pattern_item_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["pattern_id"], ["pattern.id"], name=op.f("fk_pattern_item_pattern_id_pattern")
        ),
        sa.PrimaryKeyConstraint("pattern_id", "item_id", name=op.f("pk_pattern_item")),
    )
    with op.batch_alter_table("pattern_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pattern_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_seq", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "abuse",
                "not_abuse",
                "house_rule",
                name="decisionoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "threat_serious",
                "menace",
                "harassment_course",
                "virtual_mobbing",
                "discriminatory_abuse",
                "sexual_abuse",
                "doxing",
                "impersonation_account",
                "personal_abuse",
                "humiliation_media",
                "malicious_falsehood",
                "extreme_content",
                "abuse_of_service",
                name="abuse",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "not_abuse",
            sa.Enum(
                "criticism",
                "complaint",
                "profanity_untargeted",
                "reclaimed_or_self_reference",
                "quoting_or_reporting_abuse",
                "counter_speech",
                "satire_or_humour",
                "political_or_protest",
                "union_speech",
                "employee_opinion_or_grievance",
                "protected_disclosure_possible",
                "question",
                "thanks",
                "neutral",
                name="notabuse",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "house_rule",
            sa.Enum(
                "spam",
                "advert",
                "off_topic",
                "repeat_post",
                "party_political_in_pre_election",
                "copyright",
                "scam_link",
                "personal_data_of_self",
                "swearing",
                name="houserule",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column(
            "target_type",
            sa.Enum(
                "named_staff",
                "identifiable_staff",
                "staff_group",
                "service",
                "other_public_figure",
                "member_of_public",
                "group_by_characteristic",
                "none",
                name="targettype",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("target_staff_id", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_decision_decided_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["item_id", "version_seq"],
            ["item_version.item_id", "item_version.seq"],
            name=op.f("fk_decision_item_id_item_version"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_decision_item_id_item")),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_decision_org_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("form_id", name=op.f("uq_decision_form_id")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_org_id_at"), ["org_id", "at"], unique=False)

    op.create_table(
        "evidence_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_seq", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "wanted", "captured", "failed", name="evidencestate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("requested_by", sa.String(length=60), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=False),
        sa.Column("captured_at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state <> 'captured' OR (sha256 IS NOT NULL AND size IS NOT NULL "
            "AND path IS NOT NULL AND captured_at IS NOT NULL)",
            name=op.f("ck_evidence_record_captured_is_complete"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id", "version_seq"],
            ["item_version.item_id", "item_version.seq"],
            name=op.f("fk_evidence_record_item_id_item_version"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_evidence_record_item_id_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_record")),
        sa.UniqueConstraint(
            "item_id", "version_seq", name=op.f("uq_evidence_record_item_id_version_seq")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_evidence_record_ref")),
    )
    op.create_table(
        "proposal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_seq", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "threat_serious",
                "menace",
                "harassment_course",
                "virtual_mobbing",
                "discriminatory_abuse",
                "sexual_abuse",
                "doxing",
                "impersonation_account",
                "personal_abuse",
                "humiliation_media",
                "malicious_falsehood",
                "extreme_content",
                "abuse_of_service",
                name="abuse",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column(
            "not_abuse",
            sa.Enum(
                "criticism",
                "complaint",
                "profanity_untargeted",
                "reclaimed_or_self_reference",
                "quoting_or_reporting_abuse",
                "counter_speech",
                "satire_or_humour",
                "political_or_protest",
                "union_speech",
                "employee_opinion_or_grievance",
                "protected_disclosure_possible",
                "question",
                "thanks",
                "neutral",
                name="notabuse",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "target_type",
            sa.Enum(
                "named_staff",
                "identifiable_staff",
                "staff_group",
                "service",
                "other_public_figure",
                "member_of_public",
                "group_by_characteristic",
                "none",
                name="targettype",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_staff_id", sa.String(length=80), nullable=True),
        sa.Column("target_why", sa.Text(), nullable=False),
        sa.Column("check_first", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("likelihood", sa.String(length=20), nullable=False),
        sa.Column("policy_revision", sa.String(length=40), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "version_seq"],
            ["item_version.item_id", "item_version.seq"],
            name=op.f("fk_proposal_item_id_item_version"),
        ),
        sa.PrimaryKeyConstraint("item_id", "version_seq", name=op.f("pk_proposal")),
    )
    op.create_table(
        "signal",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("version_seq", sa.Integer(), nullable=False),
        sa.Column("detector", sa.String(length=100), nullable=False),
        sa.Column("scores", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hits", sa.JSON(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("unscored", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id", "version_seq"],
            ["item_version.item_id", "item_version.seq"],
            name=op.f("fk_signal_item_id_item_version"),
        ),
        sa.PrimaryKeyConstraint("item_id", "version_seq", "detector", name=op.f("pk_signal")),
    )
    op.create_table(
        "platform_action",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("org_id", sa.String(length=60), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "evidence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
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
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "withdrawn",
                "planned",
                "sent",
                "verified",
                "accepted",
                "refused",
                "moot",
                "needs_person",
                "done_by_hand",
                name="actionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "requested_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("first_sent_at", sa.BigInteger(), nullable=True),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('unhide', 'unblock') OR evidence_id IS NOT NULL",
            name=op.f("ck_platform_action_capture_before_act"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["user_account.id"],
            name=op.f("fk_platform_action_approved_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_platform_action_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["evidence_record.id"],
            name=op.f("fk_platform_action_evidence_id_evidence_record"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_platform_action_item_id_item")
        ),
        sa.ForeignKeyConstraint(
            ["org_id"], ["organisation.id"], name=op.f("fk_platform_action_org_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"],
            ["user_account.id"],
            name=op.f("fk_platform_action_requested_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_action")),
        sa.UniqueConstraint("form_id", name=op.f("uq_platform_action_form_id")),
        sa.UniqueConstraint(
            "item_id", "kind", "generation", name=op.f("uq_platform_action_item_id_kind_generation")
        ),
    )
    with op.batch_alter_table("platform_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_platform_action_org_id_requested_at"),
            ["org_id", "requested_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_platform_action_state"), ["state"], unique=False)

    op.create_table(
        "action_attempt",
        sa.Column(
            "action_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "ok",
                "rejected",
                "unknown",
                name="attemptoutcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["platform_action.id"],
            name=op.f("fk_action_attempt_action_id_platform_action"),
        ),
        sa.PrimaryKeyConstraint("action_id", "n", name=op.f("pk_action_attempt")),
        sa.UniqueConstraint("action_id", "fence", name=op.f("uq_action_attempt_action_id_fence")),
    )
    op.bulk_insert(
        sa.table("audit_head", sa.column("id"), sa.column("seq"), sa.column("line_hash")),
        [{"id": 1, "seq": 0, "line_hash": "0" * 64}],
    )
    locks.create()


def downgrade() -> None:
    locks.drop()
    op.drop_table("action_attempt")
    with op.batch_alter_table("platform_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_platform_action_state"))
        batch_op.drop_index(batch_op.f("ix_platform_action_org_id_requested_at"))

    op.drop_table("platform_action")
    op.drop_table("signal")
    op.drop_table("proposal")
    op.drop_table("evidence_record")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_org_id_at"))
        batch_op.drop_index(batch_op.f("ix_decision_item_id"))

    op.drop_table("decision")
    with op.batch_alter_table("pattern_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pattern_item_item_id"))

    op.drop_table("pattern_item")
    with op.batch_alter_table("item_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_version_page_id"))

    op.drop_table("item_version")
    with op.batch_alter_table("item_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_claim_user_id"))
        batch_op.drop_index(batch_op.f("ix_item_claim_until"))

    op.drop_table("item_claim")
    with op.batch_alter_table("case_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_item_item_id"))

    op.drop_table("case_item")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_page_id"))
        batch_op.drop_index(batch_op.f("ix_quarantine_org_id_resolved_at"))

    op.drop_table("quarantine")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index("ix_item_thread")
        batch_op.drop_index(
            "ix_item_target",
            sqlite_where=sa.text("target_staff_id IS NOT NULL"),
            postgresql_where=sa.text("target_staff_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_item_state")
        batch_op.drop_index("ix_item_seen")
        batch_op.drop_index(
            "ix_item_queue_unscored",
            sqlite_where=sa.text("queue_rank IS NOT NULL AND outcome = 'unscored'"),
            postgresql_where=sa.text("queue_rank IS NOT NULL AND outcome = 'unscored'"),
        )
        batch_op.drop_index(
            "ix_item_queue_severity",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_item_queue_oldest",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_item_queue_counts",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_item_queue_category",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_item_queue_account",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_item_queue",
            sqlite_where=sa.text("queue_rank IS NOT NULL"),
            postgresql_where=sa.text("queue_rank IS NOT NULL"),
        )
        batch_op.drop_index("ix_item_author")

    op.drop_table("item")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_user_id"))
        batch_op.drop_index(batch_op.f("ix_web_session_expires_at"))

    op.drop_table("web_session")
    op.drop_table("post")
    op.drop_table("ingest_page")
    op.drop_table("feed_cursor")
    op.drop_table("case_support")
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_note_case_id"))

    op.drop_table("case_note")
    with op.batch_alter_table("case_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_member_user_id_barred"))

    op.drop_table("case_member")
    op.drop_table("user_account")
    op.drop_table("summary")
    op.drop_table("staff")
    with op.batch_alter_table("pattern", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pattern_org_id_last_at"))
        batch_op.drop_index(batch_op.f("ix_pattern_org_id_kind_target_staff_id_last_at"))

    op.drop_table("pattern")
    with op.batch_alter_table("hr_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_case_org_id_state"))

    op.drop_table("hr_case")
    with op.batch_alter_table("audit_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_body_verb_seq"))
        batch_op.drop_index(batch_op.f("ix_audit_body_org_id_seq"))
        batch_op.drop_index(batch_op.f("ix_audit_body_object_seq"))

    op.drop_table("audit_body")
    with op.batch_alter_table("alert", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alert_org_id_state"))
        batch_op.drop_index(batch_op.f("ix_alert_about"))

    op.drop_table("alert")
    op.drop_table("account")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_key_at"))

    op.drop_table("sign_in_failure")
    op.drop_table("organisation")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state")
        batch_op.drop_index("ix_job_ref")
        batch_op.drop_index(
            "ix_job_due",
            sqlite_where=sa.text("state IN ('ready', 'leased')"),
            postgresql_where=sa.text("state IN ('ready', 'leased')"),
        )

    op.drop_table("job")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
