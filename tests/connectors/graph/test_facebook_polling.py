"""Polling a Facebook Page brings what is new, once, whatever happens on the way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from connectors.contract import PermissionMissing, Transient
from connectors.meta.facebook_page import FacebookPage
from moderation.model import Comment
from tests.connectors.graph.rounds import ids, pages, rounds, settled
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn
from tests.standins.graph_bodies import not_there


def test_a_poll_of_an_idle_page_costs_one_request(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    for number in range(30):
        page.comment(post, f"Comment {number}")
    cursor = settled(facebook, page)
    assert pages(facebook, cursor)[-1].records == ()
    assert [entry.path for entry in page.journal] == [f"/v26.0/{page.page.id}/feed"]


@pytest.mark.parametrize("feed", ["mentions", "reviews"])
def test_a_poll_of_an_idle_further_feed_costs_one_request(
    facebook: FacebookPage, page: FacebookStandIn, feed: str
) -> None:
    for number in range(50):
        page.mention(f"Mention {number}")
        page.review(f"Review {number}")
    cursor = pages(facebook, None, feed)[-1].cursor
    page.clock.advance(3600)
    page.journal.clear()
    assert not facebook.poll(feed, cursor).more
    assert len(page.journal) == 1


def test_only_the_post_that_changed_is_walked(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    quiet, busy = page.post(), page.post()
    page.comment(quiet, "Old")
    page.comment(busy, "Old")
    cursor = settled(facebook, page)
    new = page.comment(busy, "New")
    assert new in ids(pages(facebook, cursor))
    assert len(page.calls(path="/comments")) == 1
    assert page.calls(path=f"{busy}/comments")


def test_a_known_post_is_walked_back_to_the_last_poll_alone(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post, began = page.post(), page.clock.now()
    for number in range(350):
        page.comment(post, f"Old {number}", at=began - timedelta(hours=5, seconds=number))
    cursor = settled(facebook, page)
    new = {page.comment(post, f"New {number}") for number in range(120)}
    assert new <= ids(pages(facebook, cursor))
    assert len(page.calls(path="/comments")) == 2


def test_a_post_never_seen_before_is_walked_wholly(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.post()
    cursor = settled(facebook, page)
    post, now = page.post(), page.clock.now()
    written = {
        page.comment(post, f"Old {number}", at=now - timedelta(days=3, seconds=number))
        for number in range(250)
    }
    assert ids(pages(facebook, cursor)) == written


def test_a_list_that_does_not_stand_newest_first_is_read_to_its_end(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post, began = page.post(), page.clock.now()
    thing = page.things[post]
    thing.in_order = False  # type: ignore[attr-defined]
    for number in range(250):
        page.comment(post, f"Old {number}", at=began - timedelta(hours=9, seconds=number))
    cursor = settled(facebook, page)
    new = page.comment(post, "New, and at the very end of the list")
    assert new in ids(pages(facebook, cursor))


def test_the_first_poll_leaves_what_is_older_than_a_day_to_rereading(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    now = page.clock.now()
    post = page.post(at=now - timedelta(days=9))
    new = page.comment(post, "New")
    for number in range(500):
        page.comment(post, f"Old {number}", at=now - timedelta(days=2, seconds=number))
    brought = ids(pages(facebook, None))
    assert new in brought
    assert len(brought) < 200


def test_a_comment_that_comes_between_two_pages_is_brought_by_the_next_poll(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(250)}
    first = facebook.poll("comments", None)
    second = facebook.poll("comments", first.cursor)
    between = page.comment(post, "Between")
    rest = pages(facebook, second.cursor)
    assert written <= ids([first, second, *rest])
    assert between in ids(pages(facebook, rest[-1].cursor))


def test_a_crash_on_any_page_repeats_and_skips_nothing(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(3)]
    written = {page.comment(posts[n % 3], f"Comment {n}") for n in range(450)}
    cursor, brought = None, set()
    while True:
        lost = facebook.poll("comments", cursor)
        kept = facebook.poll("comments", cursor)
        assert ids([lost]) == ids([kept])
        brought |= ids([kept])
        if not kept.more:
            break
        cursor = kept.cursor
    assert brought == written


def test_a_comment_below_a_walked_post_starts_no_second_walk_of_the_others(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(5)]
    for post in posts:
        page.comment(post, "One")
    cursor = settled(facebook, page)
    page.comment(posts[0], "Two")
    page.comment(posts[1], "Two")
    after = pages(facebook, cursor)[-1].cursor
    page.journal.clear()
    pages(facebook, after)
    assert len(page.journal) == 1


def test_a_cursor_that_has_been_forgotten_starts_the_walk_again(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(450)}
    first = facebook.poll("comments", None)
    second = facebook.poll("comments", first.cursor)
    page.faults = FaultScript(3, {Fault.EXPIRED_CURSOR: 1.0})
    again = facebook.poll("comments", second.cursor)
    assert again.more
    assert again.records == ()
    page.faults = FaultScript()
    assert written <= ids(pages(facebook, again.cursor))


@pytest.mark.parametrize("feed", ["mentions", "reviews"])
def test_a_further_feed_whose_cursor_was_forgotten_is_walked_again_to_the_same_mark(
    facebook: FacebookPage, page: FacebookStandIn, feed: str
) -> None:
    make = page.mention if feed == "mentions" else page.review
    written = {make(f"Number {number}") for number in range(250)}
    first = facebook.poll(feed, None)
    page.faults = FaultScript(3, {Fault.EXPIRED_CURSOR: 1.0})
    again = facebook.poll(feed, first.cursor)
    page.faults = FaultScript()
    assert written <= ids(pages(facebook, again.cursor, feed))


def test_pages_that_lead_in_a_circle_end(
    facebook: FacebookPage, page: FacebookStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = page.post()
    for number in range(250):
        page.comment(post, f"Comment {number}")
    first = facebook.poll("comments", facebook.poll("comments", None).cursor)
    held = json.loads(first.cursor)["round"]["pile"][0]["walk"]["after"]
    monkeypatch.setattr("tests.standins.graph_server.cursor_of", lambda *_: held)
    with pytest.raises(Transient, match="circle"):
        pages(facebook, first.cursor)


def test_a_walk_without_end_is_given_up(
    facebook: FacebookPage, page: FacebookStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.meta.walk.PAGES_MOST", 3)
    post = page.post()
    for number in range(450):
        page.comment(post, f"Comment {number}")
    with pytest.raises(Transient, match="circle"):
        pages(facebook, None)


def test_a_post_that_is_deleted_during_the_walk_is_passed_over(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    gone, stays = page.post(), page.post()
    page.comment(gone, "Below the one that goes")
    kept = page.comment(stays, "Below the one that stays")
    first = facebook.poll("comments", None)
    page.remove(gone)
    assert kept in ids([first, *pages(facebook, first.cursor)])


def test_an_access_that_sees_no_comments_any_more_does_not_pass_for_deleted_posts(
    facebook: FacebookPage, page: FacebookStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.comment(page.post(), "One")
    first = facebook.poll("comments", None)
    monkeypatch.setattr("tests.standins.graph_world.may_not_read", lambda _: not_there("GET", "1"))
    page.lose_permission("pages_read_user_content")
    with pytest.raises(PermissionMissing):
        facebook.poll("comments", first.cursor)


def test_pages_shorter_than_asked_and_an_empty_last_one_lose_nothing(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.short_by = 7
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(186)}
    brought = pages(facebook, None)
    assert ids(brought) == written
    assert any(one.records == () and one.raw for one in brought[2:])


def test_pages_that_repeat_and_reorder_lose_nothing(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(2)]
    written = {page.comment(posts[n % 2], f"Comment {n}") for n in range(900)}
    page.faults = FaultScript(
        3, {Fault.DUPLICATED: 0.5, Fault.REORDERED: 0.5, Fault.EXPIRED_CURSOR: 0.05}
    )
    brought = pages(facebook, None)
    assert ids(brought) == written
    for one in brought:
        times = [
            record.created_at.timestamp()
            for record in one.records
            if isinstance(record, Comment) and record.created_at
        ]
        assert times == sorted(times)


def test_what_a_page_left_out_is_found_by_rereading(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(200)}
    page.faults = FaultScript(3, {Fault.DROPPED: 1.0})
    first = ids(pages(facebook, None))
    assert first < written
    page.faults = FaultScript()
    assert ids(list(rounds(facebook, page.clock.now()))) == written


def test_a_comment_that_shows_late_is_brought_once_it_shows(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.list_lag_s = 300
    post = page.post()
    page.clock.advance(400)
    cursor = pages(facebook, None)[-1].cursor
    late = page.comment(post, "Shows in five minutes")
    page.clock.advance(60)
    cursor = pages(facebook, cursor)[-1].cursor
    page.clock.advance(300)
    assert late in ids(pages(facebook, cursor))


def test_more_new_posts_than_one_listing_holds_are_all_seen(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.post()
    cursor = settled(facebook, page)
    written = {page.comment(page.post(f"Post {n}"), f"Comment {n}") for n in range(230)}
    assert ids(pages(facebook, cursor)) == written


def test_ten_thousand_comments_are_walked_in_seconds(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(10_000)}
    assert ids(pages(facebook, None)) == written
