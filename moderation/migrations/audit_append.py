"""The function with which PostgreSQL places audit lines itself, to hold their head shortest."""

from __future__ import annotations

from typing import Final

from alembic import op

# What moderation/audit/chain.py does for SQLite, in one round trip. A body comes in two halves,
# for between them stands its number, which is known only once the head is locked.
_FUNCTION: Final = r"""
CREATE FUNCTION audit_append(
    tops text[], tails text[], orgs text[], ats bigint[], verbs text[], actors text[], abouts text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
    last text;
    said text;
    said_hash text;
    hash text;
BEGIN
    SELECT seq, line_hash INTO STRICT place, last FROM audit_head WHERE id = 1 FOR UPDATE;
    FOR i IN 1 .. cardinality(tops) LOOP
        place := place + 1;
        said := tops[i] || place || tails[i];
        said_hash := encode(sha256(convert_to(said || E'\n', 'UTF8')), 'hex');
        hash := encode(
            sha256(convert_to(place || ' ' || last || ' ' || said_hash || E'\n', 'UTF8')), 'hex');
        INSERT INTO audit_entry (seq, prev_hash, body_hash, line_hash)
            VALUES (place, last, said_hash, hash);
        INSERT INTO audit_body (seq, org_id, at, verb, actor, object, body)
            VALUES (place, orgs[i], ats[i], verbs[i], actors[i], abouts[i], said);
        last := hash;
    END LOOP;
    UPDATE audit_head SET seq = place, line_hash = last WHERE id = 1;
    RETURN place;
END $$
"""


def create() -> None:
    """Make the function; SQLite, which has none, needs none."""
    if _is_postgresql():
        op.execute(_FUNCTION)


def drop() -> None:
    """Take the function away, for a step back."""
    if _is_postgresql():
        op.execute("DROP FUNCTION audit_append")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
