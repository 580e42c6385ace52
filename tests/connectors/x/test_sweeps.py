"""The feeds of conversations and of quotes: searches over the account's posts of seven days."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.x.connector import CONVERSATIONS, QUOTES
from connectors.x.queries import QUERY_LIMIT, conversations, grouped, quotes
from moderation.model import ItemKind, Page
from tests.connectors.x.account import asked, comments, connected, ids, ref_of, walk
from tests.standins.faults import Fault, FaultScript
from tests.standins.x import XStandIn

SWEEP = CONVERSATIONS.name
AGO = timedelta(hours=3)


def test_a_sweep_finds_replies_to_replies_that_do_not_name_us(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    post = x.post(at=x.clock.now() - AGO)
    direct = x.comment(post, "Nice one", at=x.clock.now() - AGO / 2)
    nested = x.comment(post, "Not nice", parent=direct, at=x.clock.now() - AGO / 3)
    assert ids(walk(connector)) == {direct}
    found = {one.native_id: one for one in comments(walk(connector, feed=SWEEP))}
    assert set(found) == {direct, nested}
    assert (found[direct].kind, found[nested].kind) == (ItemKind.COMMENT, ItemKind.REPLY)
    assert ref_of(found[nested]).post_id == post
    assert found[nested].parent_id == direct


def test_a_sweep_finds_what_fell_out_of_the_latest_800_mentions(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    post = x.post(at=x.clock.now() - AGO)
    at = x.clock.now() - AGO
    written = {x.comment(post, f"{n}", at=at + timedelta(seconds=n + 1)) for n in range(1_000)}
    assert len(ids(walk(connector))) == 800
    assert ids(walk(connector, feed=SWEEP)) == written


@pytest.mark.parametrize("feed", [SWEEP, QUOTES.name])
def test_a_sweep_of_an_account_without_posts_is_one_request(
    feed: str, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    (first,) = walk(connector, feed=feed)
    walk(connector, first.cursor, feed)
    assert [entry.path for entry in x.journal] == ["/2/users/42/tweets"] * 2


def test_posts_are_listed_once_and_known_from_then_on(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    first, second = x.post("One"), x.post("Two")
    pages = walk(connector, feed=SWEEP)
    x.clock.advance(900)
    x.journal.clear()
    walk(connector, pages[-1].cursor, SWEEP)
    listing, search = x.journal
    assert asked(listing)["since_id"] == second
    assert all(f"conversation_id:{post}" in asked(search)["query"] for post in (first, second))


def test_two_sweeps_join_without_an_overlap_and_without_a_gap(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.post(at=x.clock.now() - AGO)
    first = walk(connector, feed=SWEEP)
    x.clock.advance(900)
    walk(connector, first[-1].cursor, SWEEP)
    before, after = (asked(entry) for entry in x.calls(path="search"))
    assert after["start_time"] == before["end_time"]


def test_a_sweep_leaves_the_newest_minute_to_the_next_one(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    post = x.post(at=x.clock.now() - AGO)
    reply = x.comment(post, "Just now")
    first = walk(connector, feed=SWEEP)
    x.clock.advance(900)
    second = walk(connector, first[-1].cursor, SWEEP)
    assert (ids(first), ids(second)) == (set(), {reply})


def test_a_sweep_right_after_another_searches_nothing(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.post(at=x.clock.now() - AGO)
    first = walk(connector, feed=SWEEP)
    cursor = json.loads(first[-1].cursor)
    ahead = json.dumps({**cursor, "mark": "2099-01-01T00:00:00Z"})
    assert len(walk(connector, ahead, SWEEP)) == 1


def test_many_posts_are_searched_for_in_queries_of_at_most_512_characters(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    posts = [x.post(f"{n}", at=at + timedelta(seconds=n)) for n in range(150)]
    replies = {
        x.comment(post, "Nice one", parent=None, at=at + timedelta(minutes=10)) for post in posts
    }
    pages = walk(connector, feed=SWEEP)
    queries = [asked(entry)["query"] for entry in x.calls(path="search")]
    assert ids(pages) == replies
    assert max(map(len, queries)) <= QUERY_LIMIT
    assert len(queries) == len(grouped(posts, "42")) == 13
    assert len(pages) == len(x.journal)


def test_groups_fit_both_searches_with_the_longest_ids() -> None:
    posts = [str(10**18 + number) for number in range(40)]
    groups = grouped(posts, "9" * 19)
    assert sorted(post for group in groups for post in group) == sorted(posts)
    assert all(
        len(query(group, "9" * 19)) <= QUERY_LIMIT
        for group in groups
        for query in (conversations, quotes)
    )


def test_a_post_of_more_than_seven_days_ago_is_let_go(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.post("Old", at=x.clock.now() - timedelta(days=6))
    first = walk(connector, feed=SWEEP)
    x.clock.advance(2 * 86_400)
    new = x.post("New")
    second = walk(connector, first[-1].cursor, SWEEP)
    assert list(json.loads(second[-1].cursor)["posts"]) == [new]


@pytest.mark.parametrize("days", [3, 10])
def test_a_sweep_that_was_interrupted_for_days_goes_on(
    days: int, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    x.post(at=x.clock.now() - AGO)
    first = connector.poll(SWEEP, None)
    assert first.more
    x.clock.advance(days * 86_400)
    post = x.post("New", at=x.clock.now() - AGO)
    reply = x.comment(post, "Nice one", at=x.clock.now() - AGO / 2)
    pages = walk(connector, first.cursor, SWEEP)
    again = walk(connector, pages[-1].cursor, SWEEP)
    assert ids([*pages, *again]) == {reply}


@pytest.mark.parametrize("again", [False, True], ids=["sweep", "round"])
def test_a_search_comes_to_its_end_however_often_x_forgets_its_tokens(
    again: bool, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    written = {x.comment(post, f"{n}", at=at + timedelta(seconds=2 * n)) for n in range(1_000)}
    x.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    pages = [connector.reread(None, at) if again else connector.poll(SWEEP, None)]
    while pages[-1].more:
        cursor = pages[-1].cursor
        pages.append(connector.reread(cursor, at) if again else connector.poll(SWEEP, cursor))
    assert ids(pages) == written
    searched = [entry for entry in x.calls(path="search") if "conversation_id" in str(entry.query)]
    assert len(searched) <= 2 * 11
    assert sum(entry.status == 400 for entry in searched) >= 9


def test_a_search_that_is_begun_again_gives_at_most_a_seconds_posts_twice(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    written = {x.comment(post, f"{n}", at=at + timedelta(milliseconds=200 * n)) for n in range(250)}
    x.faults = FaultScript(1, {Fault.EXPIRED_CURSOR: 1.0})
    pages = walk(connector, feed=SWEEP)
    assert ids(pages) == written
    assert sum(len(page.records) for page in pages) <= len(written) + 2 * 5


@pytest.mark.parametrize("again", [False, True], ids=["sweep", "round"])
def test_every_page_of_a_list_is_asked_for_with_the_same_question(
    again: bool, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    posts = [x.post(f"{n}", at=at + timedelta(seconds=n)) for n in range(250)]
    written = {
        x.comment(posts[n % 9], f"{n}", at=at + timedelta(minutes=9, seconds=n)) for n in range(250)
    }
    pages = [connector.reread(None, at) if again else connector.poll(SWEEP, None)]
    while pages[-1].more:
        x.clock.advance(7)
        cursor = pages[-1].cursor
        pages.append(connector.reread(cursor, at) if again else connector.poll(SWEEP, cursor))
    assert {entry.status for entry in x.journal} == {200}
    assert ids(pages) == written


@pytest.mark.parametrize("hours", [2, 100, 200])
@pytest.mark.parametrize("again", [False, True], ids=["sweep", "round"])
def test_a_search_that_was_interrupted_between_two_pages_goes_on(
    again: bool, hours: int, x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    at = x.clock.now() - AGO
    post = x.post(at=at)
    written = {x.comment(post, f"{n}", at=at + timedelta(seconds=n + 1)) for n in range(150)}
    since = at - timedelta(days=20)

    def read(cursor: str | None) -> Page:
        return connector.reread(cursor, since) if again else connector.poll(SWEEP, cursor)

    pages = [read(None)]
    pages.append(read(pages[-1].cursor))
    x.clock.advance(hours * 3600)
    while pages[-1].more:
        pages.append(read(pages[-1].cursor))
    assert all(entry.status == 200 for entry in x.journal)
    assert ids(pages) == written or hours == 200


def test_quotes_are_found_and_stand_below_the_post_that_they_quote(
    x: XStandIn, tmp_path: Path
) -> None:
    connector = connected(x, tmp_path)
    post = x.post("Our open day", at=x.clock.now() - AGO)
    x.comment(post, "A reply", at=x.clock.now() - AGO / 2)
    quote = x.quote(post, "These clowns", at=x.clock.now() - AGO / 2)
    (found,) = comments(walk(connector, feed=QUOTES.name))
    assert (found.native_id, found.kind) == (quote, ItemKind.QUOTE)
    assert found.post is not None
    assert (found.post.id, found.post.text) == (post, "Our open day")
    assert ids(walk(connector, feed=SWEEP)).isdisjoint({quote})


def test_a_post_of_ours_that_was_edited_keeps_its_conversation(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    post = x.post("Open day", at=x.clock.now() - AGO)
    x.edit(post, "Open day on Saturday")
    reply = x.comment(post, "Nice one", at=x.clock.now() - AGO / 2)
    quote = x.quote(str(x.world.posts[int(post)].now), "Look", at=x.clock.now() - AGO / 2)
    assert ids(walk(connector, feed=SWEEP)) == {reply}
    assert ids(walk(connector, feed=QUOTES.name)) == {quote}


def test_replies_in_somebody_elses_conversation_are_not_swept(x: XStandIn, tmp_path: Path) -> None:
    connector = connected(x, tmp_path)
    x.post(at=x.clock.now() - AGO)
    foreign = x.foreign(at=x.clock.now() - AGO)
    x.comment(foreign, "@exampleshire you too", names_us=True, at=x.clock.now() - AGO / 2)
    assert ids(walk(connector, feed=SWEEP)) == set()
