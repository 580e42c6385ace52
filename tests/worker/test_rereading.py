"""A round finds what is gone, hidden or was missed, and never takes silence for a deletion."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from moderation import ingest
from moderation.model import GoneBy, Page, Standing
from moderation.tables import AccountStatus, JobState, VersionKind
from tests.connected import STAND_INS, Connected
from tests.moderation.deeds import verbs
from tests.replayed import give_lease_back
from tests.standins.base import StandIn
from tests.standins.bluesky import BlueskyStandIn
from tests.standins.faults import Fault, FaultScript
from tests.standins.youtube import YouTubeStandIn
from tests.worker.rereading_tools import (
    DEAD,
    REFUSING,
    SILENT,
    SelectivePage,
    cursor_row,
    platform_of,
    taken_in,
    times,
    versions,
    write,
)
from tests.world import NOW, ORG, Post, World, comment, hours
from worker import rereading

# On these platforms what stands below a post goes with it; elsewhere its writers keep it.
TAKING_ALONG = {"facebook_page", "instagram", "youtube"}


@pytest.fixture
def page(sqlite_world: World, tmp_path: Path) -> Iterator[Connected]:
    with SelectivePage() as server:
        yield Connected(sqlite_world, tmp_path, "facebook_page", server)


def delete_post(server: StandIn, post_id: str) -> None:
    if isinstance(server, YouTubeStandIn):
        server.world.remove_video(post_id)
    else:
        server.remove(post_id)


def test_a_long_round_is_read_in_several_jobs_and_ends_with_its_time(
    page: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "PAGES_PER_JOB", 2)
    ids = [native_id for _ in range(4) for native_id in write(page, 2)]
    page.sweep()
    assert set(page.texts()) == set(ids)
    assert len(page.jobs("reread")) > 2
    row = cursor_row(page)
    assert row.cursor == ""
    assert row.done_at is not None
    page.require_whole()


def test_a_round_that_is_killed_between_two_pages_goes_on_behind_the_last_one(
    page: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = page.server.post(), page.server.post()
    ids = [page.server.comment(post, "Seen") for post in (first, second)]
    kept = rereading._move_on
    pages = iter(range(9))

    def die(one: rereading._Round, shown: Page) -> bool:
        if next(pages) == 2:
            raise KeyboardInterrupt
        return kept(one, shown)

    monkeypatch.setattr(rereading, "_move_on", die)
    with suppress(KeyboardInterrupt):
        page.sweep()
    began, done = times(cursor_row(page))
    assert done is None
    listings = len(page.server.calls("GET", "/feed"))
    page.later(120)
    give_lease_back(page)
    page.work()
    assert set(page.texts()) == set(ids)
    assert len(page.server.calls("GET", "/feed")) == listings, "the listing is not read again"
    assert cursor_row(page).began_at == began
    assert cursor_row(page).done_at is not None


def test_what_a_whole_thread_does_not_show_is_asked_after_and_gone_only_when_the_platform_says_so(
    page: Connected,
) -> None:
    ids = taken_in(page)
    page.server.remove(ids[0])
    page.sweep()
    assert page.texts()[ids[0]] is None
    last = versions(page, ids[0])[-1]
    assert last.kind is VersionKind.DELETED
    told = json.loads(last.raw)
    assert (told["by"], told["id"]) == ("watchroom", ids[0])
    assert told["told"].endswith(".")
    assert platform_of(page).asked_for(ids[0]) == 1
    page.later(60)
    page.sweep()
    assert platform_of(page).asked_for(ids[0]) == 1, "what is gone is not asked after again"
    page.require_whole()


def test_what_a_list_leaves_out_although_it_is_there_stays(page: Connected) -> None:
    ids = taken_in(page, 6)
    page.server.faults = FaultScript(1, {Fault.DROPPED: 1.0})
    page.sweep()
    assert page.server.faults.struck[Fault.DROPPED]
    assert None not in page.texts().values()
    assert sum(platform_of(page).asked_for(native_id) for native_id in ids) > 0
    assert {len(versions(page, native_id)) for native_id in ids} == {1}


def test_what_a_round_over_threads_did_not_show_is_missing_unless_its_thread_is_older(
    world: World,
) -> None:
    post, account_id = Post("p-1"), world.accounts[ORG].id
    old, new = NOW - hours(900), NOW - hours(1)
    with world.store.transaction() as session:
        for native_id, parent, at in (
            *(("old", None, old), ("in old", "old", new), ("in unknown", "never held", new)),
            *(("new", None, new), ("in new", "new", new), ("seen", None, new)),
        ):
            one = comment(native_id, post=post, created_at=at, parent_id=parent)
            world.ingest(session, one, now=NOW)
        world.ingest(session, comment("late", post=post, created_at=new), now=NOW + hours(2))
        ingest.sight(session, account_id, ["seen"], now=NOW + hours(1))
    with world.store.reading() as session:
        missing = ingest.missing_since(session, account_id, NOW - hours(24), since=NOW + hours(1))
    assert [one.native_id for one in missing] == ["new", "in new"]


@pytest.mark.parametrize("name", sorted(STAND_INS))
def test_a_post_that_is_deleted_takes_along_what_its_platform_deletes_with_it(
    sqlite_world: World, tmp_path: Path, name: str
) -> None:
    with STAND_INS[name]() as server:
        connected = Connected(sqlite_world, tmp_path, name, server)
        post, other = server.post(), server.post("Another post.")
        below = [server.comment(post, f"Below {number}") for number in range(3)]
        beside = server.comment(other, "Elsewhere")
        connected.poll_feeds()
        connected.sweep()
        delete_post(server, post)
        connected.later(60)
        connected.sweep()
        texts = connected.texts()
        gone = {native_id for native_id, text in texts.items() if text is None}
        assert gone == (set(below) if name in TAKING_ALONG else set())
        assert texts[beside] == "Elsewhere"
        connected.require_whole()


def test_of_a_post_that_a_round_does_not_reach_one_comment_is_asked_after(page: Connected) -> None:
    old = page.server.post("Long ago.", at=page.shop.at - timedelta(days=200))
    ids = [page.server.comment(old, f"Today {number}") for number in range(4)]
    page.poll_feeds()
    page.sweep()
    assert set(page.texts()) == set(ids)
    assert sum(platform_of(page).asked_for(native_id) for native_id in ids) == 1
    assert None not in page.texts().values()


def test_a_deletion_below_an_old_video_is_found_without_asking_after_what_still_stands(
    sqlite_world: World, tmp_path: Path
) -> None:
    with YouTubeStandIn() as server:
        channel = Connected(sqlite_world, tmp_path, "youtube", server)
        old = server.post("Years ago.", at=channel.shop.at - timedelta(days=900))
        thread = server.comment(old, "An old thread", at=channel.shop.at - timedelta(days=200))
        gone, kept = (server.comment(old, f"New {number}") for number in range(2))
        answer = server.comment(old, "And one below", parent=gone)
        channel.poll_feeds()
        late = server.comment(old, "A new answer in an old thread", parent=thread)
        channel.poll_feeds()
        channel.sweep()
        server.remove(gone)
        server.journal.clear()
        channel.later(60)
        channel.sweep()
        texts = channel.texts()
        assert {native_id for native_id, text in texts.items() if text is None} == {gone, answer}
        assert (texts[kept], texts[late]) == ("New 1", "A new answer in an old thread")
        asked = {one for entry in server.calls("GET") for one in entry.query.get("id", [])}
        assert asked == {gone, answer}


def test_who_removed_an_item_is_kept_where_the_platform_lets_one_tell(
    sqlite_world: World, tmp_path: Path
) -> None:
    with BlueskyStandIn() as server:
        feed = Connected(sqlite_world, tmp_path, "bluesky", server)
        root = server.post()
        by_author, by_platform, kept = (server.comment(root, f"Reply {n}") for n in range(3))
        feed.poll_feeds()
        feed.sweep()
        server.remove(by_author)
        server.take_down(by_platform)
        feed.later(60)
        feed.sweep()
        assert {one.native_id: one.gone_by for one in feed.items()} == {
            by_author: GoneBy.AUTHOR,
            by_platform: GoneBy.PLATFORM,
            kept: None,
        }
        feed.require_whole()


def test_a_platform_that_is_silent_about_one_item_has_its_page_read_again(
    page: Connected,
) -> None:
    ids = taken_in(page)
    page.server.remove(ids[0])
    platform_of(page).otherwise[ids[0]] = SILENT
    page.sweep()
    job = page.job("reread")
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert page.texts()[ids[0]] == "Comment 0"
    assert cursor_row(page).done_at is None
    platform_of(page).otherwise.clear()
    page.later(120)
    page.work()
    assert page.texts()[ids[0]] is None
    assert cursor_row(page).done_at is not None
    assert page.job("reread").state is JobState.DONE


def test_what_the_platform_refuses_to_show_is_not_said_to_be_deleted(page: Connected) -> None:
    ids = taken_in(page)
    page.server.remove(ids[0])
    platform_of(page).otherwise[ids[0]] = REFUSING
    page.sweep()
    assert page.texts()[ids[0]] == "Comment 0"
    assert len(versions(page, ids[0])) == 1
    assert cursor_row(page).done_at is not None, "one item holds no round back"


def test_an_access_that_ends_during_a_lookup_leaves_the_round_where_it_is(page: Connected) -> None:
    ids = taken_in(page)
    for native_id in ids:
        page.server.remove(native_id)
    platform_of(page).otherwise = dict.fromkeys(ids, DEAD)
    page.sweep()
    assert page.account().status is AccountStatus.AUTH_LOST
    assert cursor_row(page).done_at is None
    assert sum(platform_of(page).asked_for(native_id) for native_id in ids) == 1
    platform_of(page).otherwise.clear()
    page.check()
    page.sweep()
    assert {page.texts()[native_id] for native_id in ids} == {None}


def test_what_came_in_after_a_round_began_is_not_missing_from_it(world: World) -> None:
    post = Post("p-1")
    account_id = world.accounts[ORG].id
    with world.store.transaction() as session:
        for native_id, at in (("before", NOW), ("seen", NOW), ("after", NOW + hours(2))):
            world.ingest(session, comment(native_id, post=post, created_at=at), now=at)
        began = NOW + hours(1)
        ingest.sight(session, account_id, ["seen"], now=began)
    with world.store.reading() as session:
        missing = ingest.missing_below(session, account_id, ["p-1"], since=began)
        unseen = ingest.unseen_posts(session, account_id, since=began, back_to=NOW - hours(1))
        later = ingest.unseen_posts(session, account_id, since=NOW + hours(3), back_to=NOW)
    assert [one.native_id for one in missing] == ["before"]
    assert unseen == []
    assert [one.native_id for one in later] == ["after"]


def test_what_somebody_else_hides_and_shows_again_is_kept_and_is_no_new_version(
    page: Connected,
) -> None:
    ids = taken_in(page)
    page.sweep()
    for hidden, standing in ((True, Standing.HIDDEN), (False, Standing.VISIBLE)):
        platform_of(page).set_hidden(ids[0], hidden=hidden)
        page.later(60)
        page.sweep()
        assert page.item(ids[0]).standing is standing
    assert page.item(ids[1]).standing is Standing.VISIBLE
    assert len(versions(page, ids[0])) == 1
    assert verbs(page.store).count("item.standing") == 2
    page.later(60)
    page.sweep()
    assert verbs(page.store).count("item.standing") == 2
    page.require_whole()
