"""Rounds of re-reading: edits, deletions and what polling missed, as far as a search reaches."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import Gone, Throttled, Transient
from connectors.x.connector import CONVERSATIONS, QUOTES
from tests.connectors.x.account import (
    asked,
    comments,
    connected,
    ids,
    ref_of,
    walk,
    whole_round,
)
from tests.standins.faults import HANGS, Fault, FaultScript, patience
from tests.standins.x import XStandIn

AGO = timedelta(hours=3)


def test_a_round_shows_conversations_quotes_and_the_latest_mentions(
    x: XStandIn, tmp_path: Path
) -> None:
    at = x.clock.now() - AGO
    post = x.post(at=at)
    direct = x.comment(post, "Nice one", at=at + timedelta(minutes=1))
    nested = x.comment(post, "No", parent=direct, at=at + timedelta(minutes=2))
    quote = x.quote(post, "Look", at=at + timedelta(minutes=3))
    mention = x.mention("@exampleshire liars", at=at)
    pages = whole_round(connected(x, tmp_path), x)
    assert ids(pages) == {direct, nested, quote, mention}
    assert not pages[-1].cursor


def test_a_round_names_each_post_once_when_all_below_it_was_shown(
    x: XStandIn, tmp_path: Path
) -> None:
    at = x.clock.now() - AGO
    posts = [x.post(f"{n}", at=at + timedelta(seconds=n)) for n in range(15)]
    below = {
        post: {x.comment(post, f"{n}", at=at + timedelta(minutes=n + 1)) for n in range(20)}
        for post in posts
    }
    seen: set[str] = set()
    named: list[str] = []
    for page in whole_round(connected(x, tmp_path), x):
        seen |= ids([page])
        assert all(below[post] <= seen for post in page.whole)
        named += page.whole
    assert sorted(named) == sorted(posts)


def test_a_round_goes_no_further_back_than_a_search_reaches(x: XStandIn, tmp_path: Path) -> None:
    now = x.clock.now()
    x.post("Old", at=now - timedelta(days=8))
    new = x.post("New", at=now - timedelta(days=6))
    pages = whole_round(connected(x, tmp_path), x)
    assert [post for page in pages for post in page.whole] == [new]


def test_a_round_over_an_idle_account_is_two_requests(x: XStandIn, tmp_path: Path) -> None:
    whole_round(connected(x, tmp_path), x)
    assert len(x.journal) == 2


def test_what_a_poll_missed_is_found_by_a_round(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    written = {x.comment(post, f"{n}", at=at + timedelta(minutes=n + 1)) for n in range(60)}
    written |= {x.mention(f"@exampleshire {n}", at=at) for n in range(60)}
    x.faults = FaultScript(3, {Fault.DROPPED: 1.0})
    polled = ids([*walk(connector), *walk(connector, feed=CONVERSATIONS.name)])
    x.faults = FaultScript()
    assert polled < written
    assert polled | ids(whole_round(connector, x)) == written


def test_an_edit_is_the_same_comment_with_other_words(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    reply = x.comment(post, "Nice one", at=at + timedelta(minutes=1))
    (before,) = comments(walk(connector))
    x.edit(reply, "You liars")
    x.clock.advance(120)
    (after,) = {one.text: one for one in comments(whole_round(connector, x))}.values()
    assert (before.native_id, before.text) == (reply, "Nice one")
    assert (after.native_id, after.text) == (reply, "You liars")
    assert connector.fetch(ref_of(before)).text == "You liars"
    assert connector.fetch(ref_of(after)).native_id == reply


def test_an_edit_of_a_mention_comes_with_the_next_poll(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    mention = x.mention("@exampleshire hello")
    pages = walk(connector)
    x.edit(mention, "@exampleshire you liars")
    (edited,) = comments(walk(connector, pages[-1].cursor))
    assert (edited.native_id, edited.text) == (mention, "@exampleshire you liars")


def test_a_deleted_comment_is_missing_from_a_round_and_gone_when_fetched(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    reply = x.comment(post, "Nice one", at=at + timedelta(minutes=1))
    (before,) = comments(walk(connector))
    x.remove(reply)
    pages = whole_round(connector, x)
    assert reply not in ids(pages)
    assert post in [one for page in pages for one in page.whole]
    with pytest.raises(Gone):
        connector.fetch(ref_of(before))


def test_the_replies_to_a_deleted_post_are_read_on(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    reply = x.comment(post, "Nice one", at=at + timedelta(minutes=1))
    listed = connector.poll(CONVERSATIONS.name, None)
    x.remove(post)
    (found,) = comments(walk(connector, listed.cursor, CONVERSATIONS.name))
    assert found.native_id == reply
    assert found.post is not None
    assert found.post.text == ""


def test_a_round_that_was_left_alone_for_days_begins_again(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.post(at=x.clock.now() - AGO)
    listed = connector.reread(None, x.clock.now() - timedelta(days=28))
    x.clock.advance(10 * 86_400)
    post = x.post("New", at=x.clock.now() - AGO)
    page = connector.reread(listed.cursor, x.clock.now() - timedelta(days=28))
    named: list[str] = []
    while page.more:
        named += page.whole
        page = connector.reread(page.cursor, x.clock.now() - timedelta(days=28))
    assert named == [post]


def test_searches_of_a_round_end_at_the_same_moment(x: XStandIn, tmp_path: Path) -> None:
    x.post(at=x.clock.now() - AGO)
    whole_round(connected(x, tmp_path), x)
    assert len({asked(entry)["end_time"] for entry in x.calls(path="search")}) == 1


def test_through_a_storm_of_faults_everything_is_found(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path, **patience(*HANGS))
    at = x.clock.now() - AGO
    posts = [x.post(f"{n}", at=at) for n in range(3)]
    written = set()
    for n in range(120):
        reply = x.comment(posts[n % 3], f"{n}", at=at + timedelta(minutes=n + 1))
        nested = x.comment(posts[n % 3], f"{n}", parent=reply, at=at + timedelta(minutes=n + 1))
        written |= {reply, nested}
    written |= {x.mention(f"@exampleshire {n}", at=at) for n in range(60)}
    shares = dict.fromkeys(Fault, 0.04) | {Fault.HANG_BEFORE: 0.005, Fault.HANG_AFTER: 0.005}
    x.faults = FaultScript(7, shares)
    seen: set[str] = set()
    for feed in connector.feeds:
        cursor, more = None, True
        while more:
            try:
                page = connector.poll(feed.name, cursor)
            except Transient as err:
                if isinstance(err, Throttled):
                    x.clock.advance(err.retry_after)
                continue
            seen |= ids([page])
            cursor, more = page.cursor, page.more
    assert QUOTES in connector.feeds
    x.faults = FaultScript()
    assert seen | ids(whole_round(connected(x, tmp_path), x)) == written
