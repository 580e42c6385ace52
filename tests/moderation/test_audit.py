"""The chain says what was done, by whom, in order, and only what was done."""

from __future__ import annotations

import json
from functools import partial

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from moderation import audit, review
from moderation.access import Role, system
from moderation.errors import IllegalTransition
from moderation.lifecycle import EvidenceEvent, ItemEvent, ItemState
from moderation.store import Store
from moderation.tables import AuditBodyRow, AuditHeadRow, ItemRow
from tests.moderation.deeds import (
    NOT_ABUSE,
    at_once,
    captured_abuse,
    cut_off,
    decide,
    request,
    verbs,
)
from tests.world import NOW, ORG, REASON, World, comment


def verdict(store: Store) -> audit.Verdict:
    with store.reading() as session:
        return audit.verify(session)


def add(session: Session, about: str = "item:1") -> None:
    audit.append(session, "item.view", about, actor=system("test", ORG), at=NOW)


def body(session: Session, seq: int) -> dict[str, object]:
    kept = session.scalars(select(AuditBodyRow.body).where(AuditBodyRow.seq == seq)).one()
    said: dict[str, object] = json.loads(kept or "{}")
    return said


def test_an_empty_chain_is_whole(store: Store) -> None:
    assert verdict(store) == audit.Verdict(0)


def test_the_chain_is_whole_after_mixed_work(world: World) -> None:
    with world.store.transaction() as session:
        request(world, session, captured_abuse(world, session))
    with world.store.transaction() as session:
        decide(world, session, world.item(session, "Your times got worse"), NOT_ABUSE)
    with world.store.transaction() as session:
        world.ingest(session, comment("1", "edited once"), comment("2\0"))
    found = verdict(world.store)
    assert (found.broken_at, found.why) == (0, "")
    assert found.entries == len(verbs(world.store)) >= 10


def test_a_line_says_who_did_what_when_and_why_and_names_nobody(world: World) -> None:
    moderator = world.actor(Role.COMMS_MODERATOR)
    with world.store.transaction() as session:
        item = world.item(session, "You are a useless clown, Dana Price")
        decide(world, session, item)
    with world.store.reading() as session:
        line = session.scalars(select(AuditBodyRow).order_by(AuditBodyRow.seq.desc())).first()
        assert line is not None
        said = body(session, line.seq)
        chain = " ".join(row or "" for row in session.scalars(select(AuditBodyRow.body)))
    salt = said.pop("salt")
    assert said == {
        "seq": line.seq,
        "org": ORG,
        "at": "2026-11-20T14:05:00.000+00:00",
        "verb": "item.decide",
        "actor": f"user:{moderator.user_id}",
        "object": f"item:{item.id}",
        "reason": "abuse",
        "outcome": "ok",
        "detail": {"before": "review", "after": "in_hand"},
    }
    assert len(str(salt)) == 32
    assert "clown" not in chain
    assert "Dana" not in chain
    assert moderator.name not in chain


def test_writers_at_the_same_moment_make_no_fork(store: Store) -> None:
    def write(writer: int) -> None:
        for n in range(5):
            with store.transaction() as session:
                add(session, f"writer:{writer}:{n}")
                add(session, f"writer:{writer}:{n}")

    assert at_once([partial(write, writer) for writer in range(4)]) == [None] * 4
    assert verdict(store) == audit.Verdict(40)
    with store.reading() as session:
        written = session.scalars(select(AuditBodyRow.object).order_by(AuditBodyRow.seq)).all()
        assert session.scalar(select(AuditHeadRow.seq)) == 40
    # The two lines of one transaction stand together, and each writer's own in their order.
    assert written[::2] == written[1::2]
    for writer in range(4):
        own = [about for about in written[::2] if about and about.startswith(f"writer:{writer}:")]
        assert own == [f"writer:{writer}:{n}" for n in range(5)]


def test_work_that_is_rolled_back_leaves_no_line(store: Store) -> None:
    with cut_off(store) as session:
        add(session)
    assert verbs(store) == []
    with Session(store.write_engine) as session:
        session.execute(delete(ItemRow))
        add(session, "item:1")
        session.rollback()
        add(session, "item:2")
        session.commit()
    with store.reading() as session:
        assert session.scalars(select(AuditBodyRow.object)).all() == ["item:2"]
    assert verdict(store) == audit.Verdict(1)


def test_a_move_along_no_edge_is_refused_and_changes_nothing(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
        world.capture(session, item)
    before = verbs(world.store)
    with world.store.transaction() as session:
        row = session.scalars(select(ItemRow)).one()
        with pytest.raises(IllegalTransition):
            audit.move(session, row, ItemEvent.CLEAR, actor=system("test", ORG), at=NOW)
        with pytest.raises(IllegalTransition):
            audit.move(session, row, EvidenceEvent.CAPTURE, actor=system("test", ORG), at=NOW)
        assert row.state is ItemState.REVIEW
    assert verbs(world.store) == before


def test_moving_many_along_no_edge_moves_none(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session)
    before = verbs(world.store)
    with world.store.transaction() as session, pytest.raises(IllegalTransition):
        audit.move_items(
            session,
            [(ItemEvent.CHANGE, {"id": item.id}), (ItemEvent.CLEAR, {"id": item.id})],
            ItemState.REVIEW,
            actor=system("test", ORG),
            at=NOW,
            reason="test",
        )
    with world.store.reading() as session:
        assert session.scalars(select(ItemRow.state)).one() is ItemState.REVIEW
    assert verbs(world.store) == before


def test_a_look_at_a_logged_contact_or_by_an_auditor_is_a_line(world: World) -> None:
    auditor = world.actor(Role.AUDITOR)
    asked = type(auditor)(auditor.name, ORG, auditor.role, auditor.user_id, look_reason=REASON)
    with world.store.transaction() as session:
        item = world.item(session)
        review.look(session, item.id, actor=world.actor(Role.COMMS_LEAD), now=NOW)
        review.look(session, item.id, actor=asked, now=NOW)
    with world.store.reading() as session:
        line = session.scalars(select(AuditBodyRow).where(AuditBodyRow.verb == "item.view")).one()
        assert (line.actor, body(session, line.seq)["reason"]) == (asked.ref, REASON)
