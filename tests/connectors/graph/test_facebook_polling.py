"""Polling a Facebook Page brings what is new, once, whatever happens on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import AuthLost, Malformed, PermissionMissing, Throttled, Transient
from connectors.facebook_page import FacebookPage
from connectors.graph import graph_of
from moderation.model import Comment, ItemKind, Standing, Unreadable
from tests.connectors.graph.rounds import comments, ids, pages, rounds
from tests.standins.base import Fault, FaultScript
from tests.standins.graph import FacebookStandIn, ref_of
from tests.standins.graph_bodies import not_there
from tests.standins.means import means


def settled(facebook: FacebookPage, page: FacebookStandIn) -> str:
    """Poll to the end, let time pass, and return the cursor."""
    cursor = pages(facebook, None)[-1].cursor
    page.clock.advance(3600)
    page.journal.clear()
    return cursor


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
    monkeypatch.setattr("connectors.graph_walk.PAGES_MOST", 3)
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


def test_a_visitors_post_is_an_item_and_so_are_the_comments_below_it(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    own = page.post("Our own post")
    posted = page.visitor_post("Look at this queue!", author="Nell Example")
    withheld = page.visitor_post("Nobody knows who wrote this", author=None)
    below = page.comment(posted, "Disgraceful")
    found = {one.native_id: one for one in comments(pages(facebook, None))}
    assert set(found) == {posted, withheld, below}
    assert own not in found
    assert found[posted].kind is ItemKind.VISITOR_POST
    assert found[posted].author is not None
    assert found[withheld].author is None
    under = found[below].post
    assert under is not None
    assert under.text == "Look at this queue!"


def test_a_visitors_post_comes_again_only_when_it_changed(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posted = page.visitor_post("Look!")
    cursor = settled(facebook, page)
    assert ids(pages(facebook, cursor)) == set()
    page.comment(posted, "Look where?")
    assert posted in ids(pages(facebook, cursor))


def test_mentions_and_reviews_come_by_their_own_feeds(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    mention = page.mention("Ask Northmoor Fire and Rescue.", author="Ivo Example")
    review = page.review("Never came.", author="Nell Example")
    silent = page.review("", negative=True)
    nameless = page.review("From long ago", story=False, author=None)
    (mentioned,) = comments(pages(facebook, None, "mentions"))
    reviews = comments(pages(facebook, None, "reviews"))
    assert (mentioned.native_id, mentioned.kind) == (mention, ItemKind.MENTION)
    assert {review, silent} < {one.native_id for one in reviews}
    assert nameless not in {one.native_id for one in reviews}
    assert all(one.kind is ItemKind.REVIEW for one in reviews)
    assert {one.text for one in reviews} == {"Never came.", "From long ago", ""}
    assert ids(pages(facebook, None)) == set()


def test_an_answer_names_what_it_answers(facebook: FacebookPage, page: FacebookStandIn) -> None:
    post = page.post("Open day")
    top = page.comment(post, "When?")
    answer = page.comment(post, "On Saturday", parent=top, author=None)
    found = {one.native_id: one for one in comments(pages(facebook, None))}
    assert (found[top].kind, found[top].parent_id) == (ItemKind.COMMENT, None)
    assert (found[answer].kind, found[answer].parent_id) == (ItemKind.REPLY, top)
    assert found[answer].author is None
    assert found[top].standing is Standing.VISIBLE
    assert found[top].url.startswith("https://www.facebook.com/")


ODD = {
    "nothing but a picture": "",
    "ten thousand characters": "ü" * 10_000,
    "right to left": "\u202eאתם חסרי תועלת\u202c",
    "zero width": "u\u200bs\u200de\u2060less",
    "emoji": "👩🏽‍🚒🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "markup": "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE item; --",
    "half a character": "\ud83d",
    "a nul": "a\x00b",
}


@pytest.mark.parametrize("what", ODD)
def test_odd_content_is_brought_as_it_is(
    facebook: FacebookPage, page: FacebookStandIn, what: str
) -> None:
    page.comment(page.post(), ODD[what])
    (found,) = comments(pages(facebook, None))
    assert found.text == ODD[what]


def test_a_picture_is_named_and_not_fetched(facebook: FacebookPage, page: FacebookStandIn) -> None:
    native_id = page.comment(page.post(), "")
    page.things[native_id].more["picture"] = "https://scontent.example/1.jpg"
    (found,) = comments(pages(facebook, None))
    assert found.media == ("https://scontent.example/1.jpg",)


POISON = {
    "a number of five thousand digits": b'{"id":"1_5","like_count":' + b"9" * 5_000 + b"}",
    "a hundred thousand levels": b'{"id":"1_5","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "no id": b'{"message":"Who am I?"}',
    "a text that is none": b'{"id":"1_5","message":{"not":"text"}}',
    "an endless id": b'{"id":"' + b"1" * 5_000 + b'"}',
    "no object": b'"words"',
    "not a number": b'{"id":"1_5","like_count":NaN}',
    "two ids": b'{"id":"1_5","id":"1_6"}',
}


@pytest.mark.parametrize("what", POISON)
def test_poison_spoils_nothing_beside_it(
    facebook: FacebookPage, page: FacebookStandIn, what: str
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(150)}
    page.splice(page.comment(post, "Poison"), POISON[what])
    brought = pages(facebook, None)
    bad = [one for page in brought for one in page.records if isinstance(one, Unreadable)]
    assert ids(brought) == written
    assert [one.raw for one in bad] == [POISON[what]]
    assert bad[0].reason.endswith(".")


def test_a_poisoned_post_comes_once_and_hides_no_other(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.splice(page.visitor_post("Poison"), POISON["no id"])
    kept = page.comment(page.post(), "Below another post")
    brought = pages(facebook, None)
    assert kept in ids(brought)
    assert sum(isinstance(one, Unreadable) for one in brought[0].records) == 1
    assert facebook.poll("comments", brought[-1].cursor).records == ()


def test_an_author_whose_name_changes_keeps_the_id(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    native_id = page.comment(page.post(), "Hello", author="Nell Example")
    (before,) = comments(pages(facebook, None))
    author = page.things[native_id].author
    assert author is not None
    author.name = "Nell Sample"
    after = facebook.fetch(ref_of(before))
    assert before.author is not None
    assert after.author == replace(before.author, name="Nell Sample")


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        (Fault.SERVER_ERROR, Transient),
        (Fault.BAD_GATEWAY, Transient),
        (Fault.HTML_200, Malformed),
        (Fault.RATE_LIMITED, Throttled),
        (Fault.CUT_BEFORE, Transient),
        (Fault.HANG_BEFORE, Transient),
        (Fault.TRUNCATED, Transient),
    ],
    ids=str,
)
def test_every_fault_is_told_in_the_words_of_the_contract(
    facebook: FacebookPage, page: FacebookStandIn, fault: Fault, meaning: type[Exception]
) -> None:
    page.comment(page.post(), "One")
    page.faults = FaultScript(3, {fault: 1.0})
    with pytest.raises(meaning) as told:
        facebook.poll("comments", None)
    assert page.token not in repr(told.value)
    assert str(told.value).endswith(".")


def test_an_allowance_that_runs_low_asks_the_worker_to_rest(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.allowance = 10
    for _ in range(7):
        facebook.poll("comments", None)
    assert facebook.poll("comments", None).rest_s == 60.0
    facebook.poll("comments", None)
    with pytest.raises(Throttled):
        facebook.poll("comments", None)
    page.clock.advance(3700)
    assert facebook.poll("comments", None).rest_s == 0.0


def test_a_token_that_dies_during_a_walk_ends_it(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.comment(page.post(), "One")
    first = facebook.poll("comments", None)
    page.lose_access()
    with pytest.raises(AuthLost, match="password was changed"):
        facebook.poll("comments", first.cursor)


SENSELESS = [
    "",
    "nonsense",
    "{}",
    "[]",
    "7",
    '{"at":1}',
    '{"at":1,"marks":[],"round":null}',
    '{"at":1,"marks":{},"round":{}}',
    '{"at":"x","marks":{},"round":null}',
    "[" * 100_000,
]


@pytest.mark.parametrize("cursor", SENSELESS)
def test_a_cursor_that_makes_no_sense_starts_afresh(
    facebook: FacebookPage, page: FacebookStandIn, cursor: str
) -> None:
    written = page.comment(page.post(), "One")
    for feed in ("comments", "mentions", "reviews"):
        facebook.poll(feed, cursor)
    assert ids(pages(facebook, cursor)) == {written}


def test_no_token_is_left_in_what_is_kept(facebook: FacebookPage, page: FacebookStandIn) -> None:
    post = page.post()
    for number in range(250):
        page.comment(post, f"Comment {number}")
    brought = [*pages(facebook, None), *rounds(facebook, page.clock.now())]
    assert any(b"paging" in one.raw and b"next" in one.raw for one in brought)
    assert all(page.token not in repr(one) for one in brought)
    assert all(page.token.encode() not in one.raw for one in brought)


def test_a_proof_goes_with_every_call_where_there_is_an_app_secret(
    page: FacebookStandIn, tmp_path: Path
) -> None:
    page.app_secret = "a secret that nobody knows"
    page.comment(page.post(), "One")
    given = means(tmp_path, **page.secrets())
    facebook = FacebookPage(graph_of(page.settings(), given), page.page.id)
    assert len(ids(pages(facebook, None))) == 1
    assert all(entry.query["appsecret_proof"] for entry in page.journal)
    assert all(entry.status == 200 for entry in page.journal)


def test_ten_thousand_comments_are_walked_in_seconds(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(10_000)}
    assert ids(pages(facebook, None)) == written
