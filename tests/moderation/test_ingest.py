"""A page is taken in once, and a record that cannot be is kept back alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation import ingest, invariants
from moderation.lifecycle import ItemState
from moderation.model import Author, Comment, GoneBy, Post, Standing, Unreadable
from moderation.tables import (
    AuditBodyRow,
    FeedCursorRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    JobRow,
    PostRow,
    QuarantineRow,
    VersionKind,
)
from tests.world import NOW, ORG, World, comment, deleted, page, proposal


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
        pytest.param(comment("p", "x" * 1_000_000), id="a megabyte of text"),
        pytest.param(comment(str(2**63)), id="an id beyond 2^63"),
        pytest.param(comment(""), id="no id"),
        pytest.param(comment("p\0"), id="NUL in the id"),
        pytest.param(comment("p", author=Author("a\0")), id="NUL in the author's id"),
        pytest.param(comment("p", post=Post("\ud83d")), id="lone surrogate in the post's id"),
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


def test_what_is_no_character_gives_way_to_a_sign_and_the_bytes_stay(world: World) -> None:
    hostile = comment(
        "p",
        "a\0b\ud83d",
        author=Author("a-1", "h\0", "n\ud83d"),
        post=Post("post", "w\0", "https://social.example/\0"),
        url="https://social.example/\udc00",
        media=("https://cdn.example/\0.png",),
    )
    for _ in range(2):
        with world.store.transaction() as session:
            taken = world.ingest(session, hostile)
    assert (taken.seen_before, taken.quarantined) == (1, 0)
    with world.store.reading() as session:
        item = session.scalars(select(ItemRow)).one()
        version = session.scalars(select(ItemVersionRow)).one()
        post = session.scalars(select(PostRow)).one()
    assert (item.author_handle, item.author_name) == ("h\ufffd", "n\ufffd")
    assert (version.body, version.raw) == ("a\ufffdb\ufffd", hostile.raw)
    assert version.media == ["https://cdn.example/\ufffd.png"]
    assert (post.body, post.url) == ("w\ufffd", "https://social.example/\ufffd")
    assert item.url == "https://social.example/\ufffd"


def test_the_same_poison_again_is_kept_once(world: World) -> None:
    for _ in range(2):
        with world.store.transaction() as session:
            taken = world.ingest(session, comment("p\0"))
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


def test_who_deleted_a_comment_is_kept_until_it_comes_back(world: World) -> None:
    def said() -> str | None:
        with world.store.reading() as session:
            return session.scalars(select(ItemRow.gone_by)).one()

    for sight, by in (
        (comment("d"), None),
        (replace(deleted("d"), gone_by=GoneBy.AUTHOR), GoneBy.AUTHOR),
        (replace(deleted("d"), gone_by=GoneBy.PLATFORM), GoneBy.AUTHOR),
        (comment("d"), None),
        (deleted("d"), None),
    ):
        with world.store.transaction() as session:
            world.ingest(session, sight)
        assert said() == by


def test_the_deletion_of_an_unknown_comment_stores_nothing(world: World) -> None:
    with world.store.transaction() as session:
        taken = world.ingest(session, deleted("never seen"))
    assert taken.new == 0
    assert _kinds(world, "never seen") == []


def test_a_post_that_came_without_its_words_gets_them_when_they_come(world: World) -> None:
    bare = Post("p1", "", "https://social.example/p1")
    worded = Post("p1", "Station open day", "")
    with world.store.transaction() as session:
        world.ingest(session, comment("1", post=bare))
        account_id = world.accounts[ORG].id
        assert ingest.brings_news(session, account_id, page(comment("1", post=worded)))
        world.ingest(session, comment("1", post=worded))
        world.ingest(session, comment("1", post=Post("p1", "Other words")))
    with world.store.reading() as session:
        kept = session.execute(select(PostRow.body, PostRow.url)).all()
    assert [tuple(row) for row in kept] == [("Station open day", "https://social.example/p1")]


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


def test_a_page_that_only_repeats_what_is_held_brings_no_news(world: World) -> None:
    bad = Unreadable(b"{", "The line is not valid JSON.")
    seen = page(comment("1"), comment("2"), bad)
    with world.store.transaction() as session:
        account_id = world.accounts[ORG].id
        assert ingest.brings_news(session, account_id, seen)
        world.ingest(session, comment("1"), comment("2"), bad)
        assert not ingest.brings_news(session, account_id, seen)


@pytest.mark.parametrize(
    "record",
    [
        comment("3"),
        comment("1", "Other words"),
        deleted("1"),
        comment("1", standing=Standing.HIDDEN),
        Unreadable(b"[", "The line is not valid JSON."),
    ],
    ids=["new", "edited", "deleted", "hidden", "unreadable"],
)
def test_one_record_that_shows_another_thing_is_news(
    world: World, record: Comment | Unreadable
) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("1"))
        assert ingest.brings_news(session, world.accounts[ORG].id, page(comment("1"), record))


def test_an_item_hidden_on_the_platform_by_somebody_is_a_fact_and_no_new_version(
    world: World,
) -> None:
    with world.store.transaction() as session:
        world.ingest(session, comment("1"))
        taken = world.ingest(session, comment("1", standing=Standing.HIDDEN))
        assert (taken.changed, taken.seen_before) == (0, 1)
        world.ingest(session, comment("1", standing=Standing.UNKNOWN))
    with world.store.reading() as session:
        assert session.scalars(select(ItemRow.standing)).all() == [Standing.HIDDEN]
        assert session.scalars(select(ItemRow.version)).all() == [1]
        verbs = session.scalars(select(AuditBodyRow.verb)).all()
        assert verbs.count("item.standing") == 1


def test_what_a_whole_thread_did_not_show_is_missing_unless_it_came_in_since(
    world: World,
) -> None:
    post = Post("p1", "Station open day")
    with world.store.transaction() as session:
        world.ingest(session, comment("1", post=post), comment("2", post=post))
        world.ingest(session, comment("3", post=Post("p2", "Another")), deleted("9"))
        account_id = world.accounts[ORG].id
        began = NOW + timedelta(minutes=1)
        ingest.sight(session, account_id, ["1"], now=NOW + timedelta(minutes=2))
        missing = ingest.missing_below(session, account_id, ["p1"], since=began)
        assert [one.native_id for one in missing] == ["2"]
        assert ingest.missing_below(session, account_id, ["p1"], since=NOW) == []
        assert ingest.missing_below(session, account_id, [], since=began) == []
