"""Whatever is changed in the audit chain is found at its line."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import delete, event, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.store import Store
from moderation.tables import AuditBodyRow, AuditEntryRow, AuditHeadRow
from tests.moderation.locks import unlocked
from tests.world import NOW, ORG

LINES = 6


def verdict(store: Store) -> audit.Verdict:
    with store.reading() as session:
        return audit.verify(session)


def add(session: Session, about: str = "item:1") -> None:
    audit.append(session, "item.view", about, actor=system("test", ORG), at=NOW)


@pytest.fixture
def chained(store: Store) -> Store:
    """A record whose chain holds some lines, in more than one transaction."""
    for n in range(1, LINES + 1):
        with store.transaction() as session:
            add(session, f"item:{n}")
    return store


def test_two_equal_lines_have_different_bodies_so_that_none_can_be_guessed(
    chained: Store,
) -> None:
    with chained.reading() as session:
        salts = {
            json.loads(body or "")["salt"] for body in session.scalars(select(AuditBodyRow.body))
        }
    assert len(salts) == LINES


def edit_body(session: Session) -> None:
    line = session.scalars(select(AuditBodyRow.body).where(AuditBodyRow.seq == 3)).one() or ""
    session.execute(
        update(AuditBodyRow)
        .where(AuditBodyRow.seq == 3)
        .values(body=line.replace("system:test", "user:1"))
    )


def empty_body(session: Session) -> None:
    session.execute(update(AuditBodyRow).where(AuditBodyRow.seq == 3).values(body=None))


def lose_body(session: Session) -> None:
    session.execute(delete(AuditBodyRow).where(AuditBodyRow.seq == 3))


def edit_line(session: Session) -> None:
    session.execute(update(AuditEntryRow).where(AuditEntryRow.seq == 3).values(body_hash="f" * 64))


def edit_line_and_its_hash(session: Session) -> None:
    row = session.scalars(select(AuditEntryRow).where(AuditEntryRow.seq == 3)).one()
    row.body_hash = "f" * 64
    row.line_hash = audit.digest(audit.skeleton(3, row.prev_hash, row.body_hash))


def lose_line(session: Session) -> None:
    session.execute(delete(AuditBodyRow).where(AuditBodyRow.seq == 3))
    session.execute(delete(AuditEntryRow).where(AuditEntryRow.seq == 3))


def swap_lines(session: Session) -> None:
    for seq, other in ((3, -3), (4, 3), (-3, 4)):
        for row in (AuditEntryRow, AuditBodyRow):
            session.execute(update(row).where(row.seq == seq).values(seq=other))


def close_the_gap(session: Session) -> None:
    lose_line(session)
    for seq in range(4, LINES + 1):
        for row in (AuditEntryRow, AuditBodyRow):
            session.execute(update(row).where(row.seq == seq).values(seq=seq - 1))


def cut_tail(session: Session) -> None:
    for row in (AuditBodyRow, AuditEntryRow):
        session.execute(delete(row).where(row.seq > 4))


def empty_everything(session: Session) -> None:
    for row in (AuditBodyRow, AuditEntryRow):
        session.execute(delete(row))


def lose_the_end(session: Session) -> None:
    session.execute(delete(AuditHeadRow))


def cut_head(session: Session) -> None:
    for row in (AuditBodyRow, AuditEntryRow):
        session.execute(delete(row).where(row.seq == 1))


@pytest.mark.parametrize(
    ("harm", "line", "why"),
    [
        (edit_body, 3, "the body of the line was changed"),
        (empty_body, 3, "the body of the line was emptied unlawfully"),
        (lose_body, 3, "the body of the line is missing"),
        (edit_line, 3, "the line was changed"),
        (edit_line_and_its_hash, 3, "the body of the line was changed"),
        (lose_line, 3, "line 3 is missing"),
        (swap_lines, 3, "the line does not follow the one before it"),
        (close_the_gap, 3, "the line does not follow the one before it"),
        (cut_tail, 5, "lines are missing at the end of the chain"),
        (cut_head, 1, "line 1 is missing"),
        (empty_everything, 1, "lines are missing at the end of the chain"),
        (lose_the_end, LINES + 1, "lines are missing at the end of the chain"),
    ],
)
def test_what_was_changed_is_found_at_its_line(
    chained: Store, harm: Callable[[Session], None], line: int, why: str
) -> None:
    with unlocked(chained) as session:
        harm(session)
    assert verdict(chained) == audit.Verdict(line - 1, line, why)


def test_a_body_that_was_erased_with_its_mark_leaves_the_chain_whole(chained: Store) -> None:
    with unlocked(chained) as session:
        empty_body(session)
        session.execute(update(AuditBodyRow).where(AuditBodyRow.seq == 3).values(erased_at=NOW))
    assert verdict(chained) == audit.Verdict(LINES)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET prev_hash = ''",
        "DELETE FROM audit_entry WHERE seq = 3",
        "DELETE FROM audit_body",
        "UPDATE audit_body SET body = '{}' WHERE seq = 3",
        "UPDATE audit_body SET body = NULL WHERE seq = 3",
        "UPDATE audit_body SET body = NULL, erased_at = 1, verb = 'other' WHERE seq = 3",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(chained: Store, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match="audit line is never"),
        chained.transaction() as session,
    ):
        session.execute(text(statement))
    assert verdict(chained) == audit.Verdict(LINES)


def test_the_database_lets_a_body_be_erased_with_its_mark(chained: Store) -> None:
    with chained.transaction() as session:
        session.execute(text("UPDATE audit_body SET body = NULL, erased_at = 1 WHERE seq = 3"))
    assert verdict(chained) == audit.Verdict(LINES)


def test_a_line_added_while_the_chain_is_read_is_no_fault(chained: Store) -> None:
    waiting = [1]

    @event.listens_for(chained.read_engine, "after_cursor_execute")
    def _add_meanwhile(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "audit_entry" in statement and waiting:
            waiting.pop()
            with chained.transaction() as session:
                add(session)

    assert verdict(chained).broken_at == 0
    assert waiting == []
    assert verdict(chained) == audit.Verdict(LINES + 1)
