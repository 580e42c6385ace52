"""The locks that evidence needs: sealed is sealed, what left the house stays on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alembic import op

_SEALED: Final = "sealed evidence is never changed"
_BODY_ONLY: Final = "the body of an audit line is never changed, only erased"
_UNCAPTURED: Final = "nothing is taken down before its evidence is captured"


@dataclass(frozen=True, slots=True)
class _Lock:
    """Refuse a change of a table's rows; when is the condition, over OLD and NEW, of a refusal."""

    name: str
    table: str
    verb: str
    says: str
    when: str = ""


def _differ(*columns: str) -> str:
    """Return the condition that one of these columns, null or not, gets another value."""
    return " OR ".join(
        f"(OLD.{one} IS NULL) <> (NEW.{one} IS NULL) OR OLD.{one} <> NEW.{one}" for one in columns
    )


_CHANGED_SEAL: Final = _differ(
    "state", "ref", "item_id", "version_seq", "sha256", "size", "path", "captured_at"
)
_OTHER_VERSION: Final = _differ("item_id", "seq", "kind", "sha256", "seen_at", "page_id")
_OTHER_DECISION: Final = _differ(
    *("id", "org_id", "item_id", "version_seq", "outcome", "category", "not_abuse", "house_rule"),
    *("severity", "target_type", "target_staff_id", "decided_by", "form_id", "at"),
)
_OTHER_BODY: Final = _differ("seq", "at", "verb")
_OTHER_ACTION: Final = _differ("item_id", "kind", "evidence_id", "decision_id")
_KEPT: Final = (
    _Lock(
        "evidence_record_sealed",
        "evidence_record",
        "UPDATE",
        _SEALED,
        f"OLD.state = 'captured' AND ({_CHANGED_SEAL} OR OLD.erased_at IS NOT NULL)",
    ),
    _Lock("evidence_record_kept", "evidence_record", "DELETE", "evidence is never removed"),
    _Lock(
        "evidence_addition_sealed",
        "evidence_addition",
        "UPDATE",
        _SEALED,
        _differ("ref", "item_id", "file_sha256", "sha256", "size", "path", "added_by", "added_at"),
    ),
    _Lock("evidence_addition_kept", "evidence_addition", "DELETE", "evidence is never removed"),
    _Lock(
        "time_stamp_sealed",
        "time_stamp",
        "UPDATE",
        "a time stamp that was had is never changed",
        f"OLD.token_sha256 IS NOT NULL OR {_differ('subject', 'subject_id', 'sha256')}",
    ),
    _Lock("time_stamp_kept", "time_stamp", "DELETE", "a time stamp is never removed"),
    _Lock(
        "audit_checkpoint_sealed",
        "audit_checkpoint",
        "UPDATE",
        "a checkpoint is never changed",
        _differ("seq", "line_hash", "note", "signature", "at"),
    ),
    _Lock("audit_checkpoint_kept", "audit_checkpoint", "DELETE", "a checkpoint is never removed"),
    _Lock(
        "audit_body_erased_only",
        "audit_body",
        "UPDATE",
        _BODY_ONLY,
        f"{_OTHER_BODY} OR NEW.body IS NOT NULL OR NEW.erased_at IS NULL",
    ),
    _Lock("audit_body_kept", "audit_body", "DELETE", "an audit line is never removed"),
    _Lock("disclosure_kept", "disclosure", "DELETE", "the register of packs is never shortened"),
    _Lock("erasure_kept", "erasure", "DELETE", "the register of erasures is never shortened"),
    _Lock("legal_hold_kept", "legal_hold", "DELETE", "a hold is ended, never removed"),
    _Lock(
        "platform_action_stays",
        "platform_action",
        "UPDATE",
        "an action is never turned into another",
        _OTHER_ACTION,
    ),
)
# What was never changed before may now be erased, and nothing else; each beside its earlier lock.
_ERASABLE: Final = (
    (
        _Lock(
            "item_version_kept_update",
            "item_version",
            "UPDATE",
            "a version is never changed, only followed by another or erased",
            f"{_OTHER_VERSION} OR NEW.body IS NOT NULL OR length(NEW.raw) <> 0 "
            "OR NEW.erased_at IS NULL",
        ),
        "a version is never changed, only followed by another",
    ),
    (
        _Lock(
            "decision_kept_update",
            "decision",
            "UPDATE",
            "a decision is never changed, only followed by another; its reason can be erased",
            f"{_OTHER_DECISION} OR NEW.reason <> ''",
        ),
        "a decision is never changed, only followed by another",
    ),
    (
        _Lock(
            "case_note_kept_update",
            "case_note",
            "UPDATE",
            "a note is never changed, only followed by another or erased",
            f"{_differ('id', 'case_id', 'kind', 'author_id', 'form_id', 'at')} OR NEW.body <> ''",
        ),
        "a note is never changed, only followed by another",
    ),
)
_NEEDS_CAPTURE: Final = """NEW.kind NOT IN ('unhide', 'unblock') AND NOT EXISTS (
    SELECT 1 FROM evidence_record e
    WHERE e.id = NEW.evidence_id AND e.item_id = NEW.item_id AND e.state = 'captured'{more})"""
_CAPTURE: Final = "capture_before_act"


def create() -> None:
    """Set the locks; texts may now be erased, and erased evidence carries no action."""
    for lock in _KEPT:
        _set(lock)
    for lock, _ in _ERASABLE:
        _take(lock)
        _set(lock)
    _capture_first(" AND e.erased_at IS NULL")


def drop() -> None:
    """Take the locks away and put the earlier ones back, for a step back."""
    for lock in _KEPT:
        _take(lock)
    for lock, before in _ERASABLE:
        _take(lock)
        _set(_Lock(lock.name, lock.table, lock.verb, before))
    _capture_first("")


def _capture_first(more: str) -> None:
    old = _Lock(_CAPTURE, "platform_action", "INSERT", _UNCAPTURED)
    _take(old)
    _set(_Lock(old.name, old.table, old.verb, old.says, _NEEDS_CAPTURE.format(more=more)))


def _set(lock: _Lock) -> None:
    before = f"BEFORE {lock.verb} ON {lock.table}"
    if _is_sqlite():
        when = f"WHEN {lock.when} " if lock.when else ""
        refuse = f"BEGIN SELECT RAISE(ABORT, '{lock.says}'); END"
        op.execute(f"CREATE TRIGGER {lock.name} {before} {when}{refuse}")
        return
    back = "OLD" if lock.verb == "DELETE" else "NEW"
    refuse = f"RAISE EXCEPTION '{lock.says}';"
    body = f"IF {lock.when} THEN {refuse} END IF; RETURN {back};" if lock.when else refuse
    op.execute(
        f"CREATE FUNCTION {lock.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    )
    op.execute(f"CREATE TRIGGER {lock.name} {before} FOR EACH ROW EXECUTE FUNCTION {lock.name}()")


def _take(lock: _Lock) -> None:
    if _is_sqlite():
        op.execute(f"DROP TRIGGER {lock.name}")
        return
    op.execute(f"DROP TRIGGER {lock.name} ON {lock.table}")
    op.execute(f"DROP FUNCTION {lock.name}()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
