"""What a line says can be erased; that it was said, when, and that it was erased, cannot."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation import audit
from moderation.access import system
from moderation.errors import NotFound
from moderation.store import Store
from moderation.tables import AuditBodyRow
from tests.moderation.deeds import cut_off
from tests.world import NOW, ORG, OTHER_ORG

RETENTION = system("retention", ORG)
LINES = 4


@pytest.fixture
def chained(store: Store) -> Store:
    """A record whose chain holds some lines."""
    for n in range(1, LINES + 1):
        with store.transaction() as session:
            audit.append(
                session,
                "item.view",
                f"item:{n}",
                actor=system("test", ORG),
                at=NOW,
                reason="the words of a person",
            )
    return store


def erase(session: Session, seq: int, org_id: str = ORG) -> None:
    actor = system("retention", org_id)
    audit.erase(session, seq, actor=actor, reason="benign, 90 days", now=NOW)


def test_an_erased_line_says_when_and_what_kind_and_no_more(chained: Store) -> None:
    with chained.transaction() as session:
        erase(session, 2)
    with chained.reading() as session:
        row = session.get_one(AuditBodyRow, 2)
    assert (row.body, row.actor, row.object) == (None, None, None)
    assert (row.verb, row.at, row.erased_at) == ("item.view", NOW, NOW)


def test_the_chain_stays_whole_and_says_that_it_was_done(chained: Store) -> None:
    with chained.transaction() as session:
        erase(session, 2)
    with chained.reading() as session:
        assert audit.verify(session) == audit.Verdict(LINES + 1)
        line = session.get_one(AuditBodyRow, LINES + 1)
    assert (line.verb, line.object, line.actor) == ("audit.erase", "audit_line:2", RETENTION.ref)
    assert json.loads(line.body or "{}")["reason"] == "benign, 90 days"


@pytest.mark.parametrize(("seq", "org_id"), [(9, ORG), (2, OTHER_ORG)])
def test_a_line_that_is_not_there_or_anothers_is_not_erased(
    chained: Store, seq: int, org_id: str
) -> None:
    with chained.transaction() as session, pytest.raises(NotFound):
        erase(session, seq, org_id)
    with chained.reading() as session:
        assert audit.verify(session) == audit.Verdict(LINES)
        assert session.get_one(AuditBodyRow, 2).body


def test_a_line_is_erased_once(chained: Store) -> None:
    with chained.transaction() as session:
        erase(session, 2)
    with chained.transaction() as session, pytest.raises(NotFound):
        erase(session, 2)


def test_an_erasure_that_is_rolled_back_leaves_the_line(chained: Store) -> None:
    with cut_off(chained) as session:
        erase(session, 2)
    with chained.reading() as session:
        assert session.get_one(AuditBodyRow, 2).body
        assert audit.verify(session) == audit.Verdict(LINES)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE audit_body SET body = NULL WHERE seq = 3",
        "UPDATE audit_body SET body = 'another', erased_at = 1 WHERE seq = 3",
        "UPDATE audit_body SET verb = 'item.clear', body = NULL, erased_at = 1 WHERE seq = 3",
        "DELETE FROM audit_body WHERE seq = 3",
    ],
)
def test_the_database_itself_lets_a_body_be_erased_and_nothing_else(
    chained: Store, harm: str
) -> None:
    with cut_off(chained) as session, pytest.raises(DBAPIError, match="audit line"):
        session.execute(text(harm))
