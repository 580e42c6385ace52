"""Polling walks back to where the last walk began: nothing is skipped, whatever happens between."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from connectors.bluesky.polling import OVERLAP, PAGES_MOST, SEARCH, Walk
from connectors.contract import COMMENTS, ConnectorError, Permanent, Transient
from moderation.model import ItemKind, Standing
from tests.connectors.bluesky.account import Account, comments, unreadable
from tests.standins.bluesky_protocol import HANDLE
from tests.standins.faults import IN_LISTS, Fault, FaultScript, patience

NOW = datetime.now(UTC)


def crowd(account: Account, number: int, *, minutes: int = 200) -> set[str]:
    """Let that many people answer a post, evenly over the last minutes."""
    now = account.server.clock.now()
    root = account.server.post(at=now - timedelta(hours=20))
    step = timedelta(minutes=minutes) / number
    return {
        account.server.comment(
            root, f"Useless, all {one} of you.", at=now - timedelta(minutes=minutes) + one * step
        )
        for one in range(number)
    }


def test_a_poll_of_an_idle_account_costs_one_request(account: Account) -> None:
    crowd(account, 40)
    cursor = account.poll()[-1].cursor
    for feed in (COMMENTS.name, SEARCH.name):
        at = cursor if feed == COMMENTS.name else account.poll(feed=feed)[-1].cursor
        account.server.journal.clear()
        account.poll(at, feed)
        assert len(account.server.journal) == 1


def test_every_page_but_the_last_says_that_more_follows(account: Account) -> None:
    wanted = crowd(account, 150)
    pages = account.poll()
    assert set(comments(pages)) == wanted
    assert [page.more for page in pages] == [True, True, False]


def test_what_comes_in_between_two_pages_is_not_lost(account: Account) -> None:
    wanted = crowd(account, 150)
    root = account.server.post()
    first = account.connector.poll(COMMENTS.name, None)
    wanted.add(account.server.comment(root, "In between."))
    rest = account.poll(first.cursor)
    following = account.poll(rest[-1].cursor)
    assert set(comments([first, *rest, *following])) == wanted


def test_a_crash_at_any_page_repeats_and_never_skips(account: Account) -> None:
    wanted = crowd(account, 150)
    cursor = None
    found: set[str] = set()
    for _ in range(10):
        lost = account.connector.poll(COMMENTS.name, cursor)
        page = account.connect().poll(COMMENTS.name, cursor)
        assert set(comments([lost])) == set(comments([page]))
        found |= set(comments([page]))
        cursor = page.cursor
        if not page.more:
            break
    assert found == wanted


def test_a_walk_does_not_move_its_mark_before_it_is_finished(account: Account) -> None:
    crowd(account, 150)
    first = account.connector.poll(COMMENTS.name, None)
    begun = json.loads(first.cursor)
    assert datetime.fromisoformat(begun["mark"]) < NOW - timedelta(hours=23)
    finished = json.loads(account.poll(first.cursor)[-1].cursor)
    assert datetime.fromisoformat(finished["mark"]) > NOW - timedelta(minutes=10)


def test_a_comment_that_shows_up_late_is_brought_by_the_overlap(account: Account) -> None:
    crowd(account, 5)
    cursor = account.poll()[-1].cursor
    now = account.server.clock.now()
    root = account.server.post()
    late = account.server.comment(root, "Late.", at=now - OVERLAP / 2)
    assert late in comments(account.poll(cursor))


def test_the_overlap_is_walked_through_however_many_comments_lie_in_it(account: Account) -> None:
    crowd(account, 5)
    cursor = account.poll()[-1].cursor
    root = account.server.post()
    now = account.server.clock.now()
    for number in range(130):
        account.server.comment(root, f"{number}", at=now - timedelta(seconds=number))
    mark = datetime.fromisoformat(json.loads(cursor)["mark"])
    late = account.server.comment(root, "Late.", at=mark - OVERLAP + timedelta(seconds=5))
    for number in range(60):
        account.server.comment(root, "Known.", at=mark - timedelta(seconds=number))
    assert late in comments(account.poll(cursor))


def test_a_comment_dated_before_the_overlap_is_found_by_rereading_alone(account: Account) -> None:
    crowd(account, 80)
    cursor = account.poll()[-1].cursor
    root = account.server.post()
    dated = account.server.comment(root, "Dated.", at=NOW - timedelta(hours=3))
    assert dated not in comments(account.poll(cursor))
    assert dated in comments(account.reread())


def test_a_new_comment_that_lists_show_with_a_lag_is_brought_later(account: Account) -> None:
    account.server.list_lag_s = 30
    root = account.server.post()
    late = account.server.comment(root, "You liars.")
    pages = account.poll()
    assert late not in comments(pages)
    account.server.clock.advance(31)
    assert late in comments(account.poll(pages[-1].cursor))


@pytest.mark.parametrize("fault", sorted(IN_LISTS))
def test_a_shaken_list_loses_nothing_that_the_platform_showed(
    account: Account, fault: Fault
) -> None:
    wanted = crowd(account, 200)
    account.server.faults = FaultScript(7, {fault: 0.5})
    found = set(comments(account.poll()))
    assert account.server.faults.struck[fault]
    if fault is Fault.DROPPED:
        account.server.faults = FaultScript()
        assert found < wanted
        found |= set(comments(account.reread()))
    assert found == wanted


@pytest.mark.parametrize("fault", sorted(set(Fault) - IN_LISTS))
def test_a_fault_is_overcome_by_asking_again(account: Account, fault: Fault) -> None:
    wanted = crowd(account, 150)
    connector = account.connect(**patience(fault))
    account.server.faults = FaultScript(3, {fault: 0.4})
    cursor: str | None = None
    found: set[str] = set()
    for _ in range(60):
        with suppress(Transient):
            page = connector.poll(COMMENTS.name, cursor)
            cursor, found = page.cursor, found | set(comments([page]))
            if not page.more:
                break
    assert found == wanted
    assert account.server.faults.struck[fault]


def test_an_expired_platform_cursor_begins_the_walk_anew_at_the_same_mark(
    account: Account,
) -> None:
    wanted = crowd(account, 150)
    first = account.connector.poll(COMMENTS.name, None)
    told = json.loads(first.cursor)
    broken = json.dumps({**told, "after": "no cursor of this platform"})
    assert set(comments(account.poll(broken))) == wanted


def test_a_walk_that_goes_round_in_circles_ends_and_begins_anew_within_the_hour() -> None:
    start = Walk.read(None, NOW)
    walk = start.onward([NOW], "a", NOW)
    with pytest.raises(Transient, match="does not come to an end"):
        walk.onward([NOW], "a", NOW)
    for number in range(PAGES_MOST):
        walk = walk.onward([NOW], f"next {number}", NOW) if walk.pages < PAGES_MOST else walk
    with pytest.raises(Transient):
        walk.onward([NOW], "one more", NOW)
    again = Walk.read(walk.text(), NOW + timedelta(minutes=61))
    assert (again.after, again.pages, again.mark) == ("", 0, start.mark)
    assert Walk.read(walk.text(), NOW + timedelta(minutes=59)).after == walk.after


def test_a_time_in_the_future_does_not_make_later_polls_skip() -> None:
    walk = Walk.read(None, NOW)
    ahead = datetime(2199, 1, 1, tzinfo=UTC)
    assert walk.onward([ahead, NOW - timedelta(minutes=3)], "", NOW).mark < NOW


def test_an_empty_page_with_a_cursor_is_no_end() -> None:
    walk = Walk.read(None, NOW).onward([], "a", NOW)
    assert walk.after == "a"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "no such cursor",
        "null",
        "[]",
        "{}",
        "5",
        "[" * 99_999,
        '{"mark":5,"newest":"","after":"","began":"","pages":0}',
        json.dumps({"mark": "x" * 50, "newest": "x", "after": "", "began": "x", "pages": "x"}),
    ],
    ids=lambda cursor: cursor[:20],
)
def test_a_cursor_that_makes_no_sense_starts_afresh(account: Account, cursor: str) -> None:
    wanted = crowd(account, 10)
    assert set(comments(account.poll(cursor))) == wanted


def test_a_first_walk_goes_no_further_back_than_its_window(account: Account) -> None:
    root = account.server.post(at=NOW - timedelta(hours=90))
    old = {
        account.server.comment(root, f"{hours}", at=NOW - timedelta(hours=hours))
        for hours in range(25, 85)
    }
    new = crowd(account, 10)
    pages = account.poll()
    assert len(pages) == 1
    assert new <= set(comments(pages))
    assert not old <= set(comments(pages))
    assert set(comments(account.reread())) == new | old


def test_a_comment_says_what_it_answers(account: Account) -> None:
    server = account.server
    root = server.post("Open day.")
    top = server.comment(root, "You liars.")
    nested = server.comment(root, "All of you.", parent=top)
    quote = server.quote(root, "Look at these.")
    mention = server.mention("@fire shame on you.")
    found = comments(account.poll())
    told = {uri: (one.kind, one.post and one.post.id, one.parent_id) for uri, one in found.items()}
    assert told == {
        top: (ItemKind.COMMENT, root, root),
        nested: (ItemKind.REPLY, root, top),
        quote: (ItemKind.QUOTE, root, None),
        mention: (ItemKind.MENTION, None, None),
    }
    assert {one.standing for one in found.values()} == {Standing.VISIBLE}
    key, did = top.rpartition("/")[2], top.split("/")[2]
    assert found[top].url == f"https://bsky.app/profile/{did}/post/{key}"


def test_the_search_brings_what_names_the_handle_and_nothing_else(account: Account) -> None:
    plain = account.server.plain_mention("Nobody likes")
    account.server.world.write(HANDLE, f"We are @{HANDLE}.")
    [one] = comments(account.poll(feed=SEARCH.name)).values()
    assert (one.native_id, one.kind) == (plain, ItemKind.MENTION)
    assert plain not in comments(account.poll())
    [entry] = account.server.calls(path="searchPosts")
    assert entry.query["q"] == [HANDLE]


def test_what_a_loose_search_brings_beside_it_is_left_out(account: Account) -> None:
    account.server.plain_mention("Nobody likes")
    answer = account.connect(handle=account.server.world.did).poll(SEARCH.name, None)
    assert not answer.records


def test_notifications_of_likes_and_follows_are_not_asked_for(account: Account) -> None:
    account.poll()
    [entry] = account.server.calls(path="listNotifications")
    assert entry.query["reasons"] == ["reply", "mention", "quote"]


def test_a_feed_that_is_none_is_refused(account: Account) -> None:
    with pytest.raises(Permanent, match="no feed of that name"):
        account.connector.poll("reviews", None)


def test_a_nearly_used_up_allowance_asks_for_a_rest(account: Account) -> None:
    account.server._calls = 2_900
    assert account.poll()[-1].rest_s > 0
    account.server._calls = 3_000
    with pytest.raises(ConnectorError, match=re.escape("asked too often")):
        account.connector.poll(COMMENTS.name, None)


def test_ten_thousand_comments_are_all_brought(account: Account) -> None:
    wanted = crowd(account, 10_000, minutes=600)
    account.server.page_most = 100
    pages = account.poll()
    assert set(comments(pages)) == wanted
    assert not unreadable(pages)
