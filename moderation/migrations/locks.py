"""The locks that only a database can hold: lines that never change, and capture before act."""

from __future__ import annotations

from typing import Final

from alembic import op

# Table, statement, and what the database answers. Retention will erase bodies through a right of
# its own, so deletion is refused only where nothing may ever go.
_KEPT: Final = (
    ("audit_entry", "UPDATE", "an audit line is never changed"),
    ("audit_entry", "DELETE", "an audit line is never removed"),
    ("decision", "UPDATE", "a decision is never changed, only followed by another"),
    ("item_version", "UPDATE", "a version is never changed, only followed by another"),
    ("case_note", "UPDATE", "a note is never changed, only followed by another"),
)
_UNCAPTURED: Final = "nothing is taken down before its evidence is captured"
_NEEDS_CAPTURE: Final = """NEW.kind NOT IN ('unhide', 'unblock') AND NOT EXISTS (
    SELECT 1 FROM evidence_record e
    WHERE e.id = NEW.evidence_id AND e.item_id = NEW.item_id AND e.state = 'captured')"""


def create() -> None:
    """Set every lock for the engine at hand."""
    for statement in _sqlite() if _is_sqlite() else _postgresql():
        op.execute(statement)


def drop() -> None:
    """Take every lock away, for a step back."""
    for table, verb, _ in _KEPT:
        op.execute(f"DROP TRIGGER {_name(table, verb)}" + _on(table))
    op.execute("DROP TRIGGER capture_before_act" + _on("platform_action"))
    if not _is_sqlite():
        for table, verb, _ in _KEPT:
            op.execute(f"DROP FUNCTION {_name(table, verb)}()")
        op.execute("DROP FUNCTION capture_before_act()")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _on(table: str) -> str:
    return "" if _is_sqlite() else f" ON {table}"


def _name(table: str, verb: str) -> str:
    return f"{table}_kept_{verb.lower()}"


def _sqlite() -> list[str]:
    kept = [
        f"CREATE TRIGGER {_name(table, verb)} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        for table, verb, says in _KEPT
    ]
    return [
        *kept,
        "CREATE TRIGGER capture_before_act BEFORE INSERT ON platform_action "
        f"WHEN {_NEEDS_CAPTURE} BEGIN SELECT RAISE(ABORT, '{_UNCAPTURED}'); END",
    ]


def _postgresql() -> list[str]:
    statements = []
    for table, verb, says in _KEPT:
        name = _name(table, verb)
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return [
        *statements,
        "CREATE FUNCTION capture_before_act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_NEEDS_CAPTURE} THEN RAISE EXCEPTION '{_UNCAPTURED}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER capture_before_act BEFORE INSERT ON platform_action "
        "FOR EACH ROW EXECUTE FUNCTION capture_before_act()",
    ]
