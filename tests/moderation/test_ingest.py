"""A page is taken in once, and a record that cannot be is kept back alone."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from moderation import ingest, invariants
from moderation.lifecycle import ItemState
from moderation.model import Author, Post, Unreadable
from moderation.tables import (
    FeedCursorRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    JobRow,
    PostRow,
    QuarantineRow,
    VersionKind,
)
from tests.world import NOW, World, comment, deleted, proposal


def _kinds(world: World, native_id: str) -> list[VersionKind]:
    with world.store.reading() as session:
        return list(
            session.scalars(
                select(ItemVersionRow.kind)
                .join(ItemRow, ItemRow.id == ItemVersionRow.item_id)
                .where(ItemRow.native_id == native_id)
                .order_by(ItemVersionRow.seq)
            )
        )


def test_a_page_is_stored_with_its_cursor_versions_and_one_job(world: World) -> None:
    with world.store.transaction() as session:
        taken = world.ingest(session, comment("1"), comment("2"))
    assert (taken.new, taken.seen_before, taken.quarantined) == (2, 0, 0)
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 2
        assert session.scalar(select(FeedCursorRow.page_no)) == 1
        job = session.scalars(select(JobRow)).one()
        assert job.ref == str(session.scalar(select(IngestPageRow.id)))


def test_the_same_page_again_is_seen_before_and_promises_nothing(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            taken = world.ingest(session, comment("1"), comment("2"))
    assert (taken.new, taken.seen_before) == (0, 2)
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRow)) == 1


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(comment("p", "a\0b"), id="NUL"),
        pytest.param(comment("p", "a\ud83db"), id="lone surrogate"),
        pytest.param(comment("p", "x" * 1_000_000), id="a megabyte of text"),
        pytest.param(comment(str(2**63)), id="an id beyond 2^63"),
        pytest.param(comment(""), id="no id"),
        pytest.param(comment("p", author=Author("a\0")), id="NUL in the author"),
        pytest.param(comment("p", post=Post("\ud83d")), id="lone surrogate in the post"),
        pytest.param(Unreadable(b"[" * 100_000, "It is nested too deeply."), id="nested"),
    ],
)
def test_a_poison_record_is_quarantined_alone(world: World, record: object) -> None:
    neighbours = [comment(f"n{n}") for n in range(99)]
    with world.store.transaction() as session:
        taken = world.ingest(session, *neighbours[:50], record, *neighbours[50:])  # type: ignore[arg-type]
    assert (taken.new, taken.quarantined) == (99, 1)
    with world.store.reading() as session:
        kept = session.scalars(select(QuarantineRow)).one()
        assert kept.reason
        assert kept.raw == record.raw  # type: ignore[attr-defined]
        assert list(invariants.broken(session)) == []


def test_the_same_poison_again_is_kept_once(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            taken = world.ingest(session, comment("p", "a\0b"))
    assert (taken.quarantined, taken.seen_before) == (0, 1)


def test_an_edit_makes_a_version_and_goes_through_triage_again(world: World) -> None:
    with world.store.transaction() as session:
        item = world.item(session, "mild", native_id="e")
        assert item.state is ItemState.REVIEW
    with world.store.transaction() as session:
        taken = world.ingest(session, comment("e", "not mild at all"))
    assert (taken.new, taken.changed) == (0, 1)
    assert _kinds(world, "e") == [VersionKind.CREATED, VersionKind.EDITED]
    with world.store.reading() as session:
        item = session.scalars(select(ItemRow)).one()
        assert (item.state, item.version, item.queue_rank) == (ItemState.NEW, 2, None)
        assert list(invariants.broken(session)) == []


def test_a_deletion_keeps_the_words_and_leaves_the_item_in_the_queue(world: World) -> None:
    with world.store.transaction() as session:
        world.item(session, "a threat", native_id="d")
        world.ingest(session, deleted("d"))
    assert _kinds(world, "d") == [VersionKind.CREATED, VersionKind.DELETED]
    with world.store.reading() as session:
        item = session.scalars(select(ItemRow)).one()
        assert (item.state, item.gone_at) == (ItemState.REVIEW, NOW)
        words = session.scalar(select(ItemVersionRow.body).where(ItemVersionRow.seq == 1))
        assert words == "a threat"


def test_a_deleted_comment_that_comes_back_is_a_version_of_its_own(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("d"))
        world.ingest(session, deleted("d"), deleted("d"))
        world.ingest(session, comment("d"))
    assert _kinds(world, "d") == [
        VersionKind.CREATED,
        VersionKind.DELETED,
        VersionKind.RESTORED,
    ]


def test_one_page_with_a_comment_and_its_edit_keeps_both(world: World) -> None:
    with world.store.transaction() as session:
        taken = world.ingest(session, comment("e", "one"), comment("f"), comment("e", "two"))
    assert (taken.new, taken.changed, taken.seen_before) == (2, 1, 0)
    assert _kinds(world, "e") == [VersionKind.CREATED, VersionKind.EDITED]
    with world.store.transaction() as session:
        world.triage(session, proposal())
    with world.store.reading() as session:
        assert list(invariants.broken(session)) == []


def test_the_deletion_of_an_unknown_comment_stores_nothing(world: World) -> None:
    with world.store.transaction() as session:
        taken = world.ingest(session, deleted("never seen"))
    assert taken.new == 0
    assert _kinds(world, "never seen") == []


def test_a_post_is_kept_once_for_all_its_comments(world: World) -> None:
    post = Post("p1", "Station open day", "https://social.example/p1")
    with world.store.transaction() as session:
        world.ingest(session, comment("1", post=post), comment("2", post=post))
        world.ingest(session, comment("3", post=post))
    with world.store.reading() as session:
        assert session.scalars(select(PostRow.body)).all() == ["Station open day"]


def _ingest_and_crash(world: World) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("1"))
        raise KeyboardInterrupt


def test_a_crash_before_the_commit_leaves_neither_items_nor_cursor(world: World) -> None:
    with pytest.raises(KeyboardInterrupt):
        _ingest_and_crash(world)
    with world.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ItemRow)) == 0
        account = world.accounts["northmoor"]
        assert ingest.cursor_of(session, account.id, "comments") is None
