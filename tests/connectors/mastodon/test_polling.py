"""Polling: forward by id, back over the first day, and what comes of faults on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.contract import AuthLost, ConnectorError, Malformed, Throttled, Transient
from connectors.mastodon.connector import MastodonAccount
from connectors.mastodon.walk import PAGE
from moderation.model import Author, ItemKind, Post, Standing, Unreadable
from tests.connectors.mastodon.conftest import Again
from tests.connectors.mastodon.walking import comments, walk
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.mastodon import MastodonStandIn

NOTES = "/api/v1/notifications"


def asked(server: MastodonStandIn, count: int = 0) -> list[str]:
    """Return the paths of the calls made since that many had been made."""
    return [entry.path for entry in server.journal[count:]]


def test_the_first_poll_goes_back_over_a_day_and_no_further(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    now = server.clock.now()
    post = server.post(at=now - timedelta(days=30))
    for hours in range(240, 0, -1):
        server.comment(post, f"{hours} hours ago", at=now - timedelta(hours=hours))
    pages = walk(connector)
    texts = {one.text for one in comments(*pages).values()}
    assert {f"{hours} hours ago" for hours in range(1, 25)} <= texts
    assert "200 hours ago" not in texts
    assert len(pages) == 1


def test_a_poll_of_an_idle_account_is_one_request(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    cursor = walk(connector)[-1].cursor
    count = len(server.journal)
    page = connector.poll("comments", cursor)
    assert asked(server, count) == [NOTES]
    assert (page.records, page.more) == ((), False)


def test_a_poll_right_after_news_is_one_request_and_shows_them_again(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    server.comment(server.comment(post, "One"), "Two", parent=server.say("Aside"))
    cursor = walk(connector)[-1].cursor
    count = len(server.journal)
    page = connector.poll("comments", cursor)
    assert asked(server, count) == [NOTES]
    assert len(comments(page)) == 2


def test_a_busy_quarter_of_an_hour_is_looked_through_again_until_it_is_past(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    now = server.clock.now()
    for count in range(3 * PAGE):
        server.comment(post, f"Just now {count}")
    assert len(walk(connector, walk(connector, cursor)[-1].cursor)) == 4
    for toot in server.toots.values():
        toot.at = now - timedelta(minutes=16)
    server._notes = [(*note[:3], now - timedelta(minutes=16), *note[4:]) for note in server._notes]
    cursor = walk(connector, cursor)[-1].cursor
    count = len(server.journal)
    assert connector.poll("comments", cursor).records == ()
    assert asked(server, count) == [NOTES]


def test_an_old_notification_is_not_shown_again(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.comment(server.post(), "One", at=server.clock.now() - timedelta(minutes=20))
    cursor = walk(connector)[-1].cursor
    assert connector.poll("comments", cursor).records == ()


def test_what_is_written_between_two_pages_is_brought(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    ids = {server.comment(post, f"Answer {count}") for count in range(PAGE + 20)}
    first = connector.poll("comments", cursor)
    ids.add(server.comment(post, "In between"))
    server.remove(next(iter(comments(first))))
    rest = walk(connector, first.cursor)
    assert set(comments(first, *rest)) == ids


def test_a_crash_after_any_page_skips_nothing(server: MastodonStandIn, again: Again) -> None:
    post = server.post()
    start = walk(again())[-1].cursor
    ids = {server.comment(post, f"Answer {count}") for count in range(3 * PAGE)}
    for kept in range(4):
        pages, cursor = [], start
        for _ in range(kept):
            pages.append(again().poll("comments", cursor))
            cursor = pages[-1].cursor
        again().poll("comments", cursor)  # What this page brought is lost with the process.
        assert set(comments(*pages, *walk(again(), cursor))) == ids


def test_a_long_outage_is_caught_up_page_by_page(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    now = server.clock.now()
    ids = {
        server.comment(post, f"Answer {count}", at=now - timedelta(days=3, minutes=-count))
        for count in range(1000)
    }
    pages = walk(connector, cursor)
    assert set(comments(*pages)) == ids
    assert len(pages) <= 1000 // PAGE + 2


def test_shorter_pages_than_asked_for_skip_nothing(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.page_most = 7
    post = server.post()
    cursor = walk(connector)[-1].cursor
    ids = {server.comment(post, f"Answer {count}") for count in range(40)}
    assert set(comments(*walk(connector, cursor))) == ids


def test_an_id_that_is_seen_late_is_still_brought(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    late = server.comment(post, "Given its id first, seen last")
    held = server.toots.pop(late)
    server.comment(post, "Seen first")
    cursor = walk(connector)[-1].cursor
    server.toots[late] = held
    assert late in comments(*walk(connector, cursor))


def test_a_newest_notification_that_went_away_does_not_end_polling(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    server.comment(post, "Stays")
    newest = server.comment(post, "Goes")
    cursor = walk(connector)[-1].cursor
    server.remove(newest)
    later = server.comment(post, "Comes")
    assert later in comments(*walk(connector, cursor))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "[]",
        "{}",
        "no such cursor",
        "[" * 100_000,
        '{"me":"100"}',
        '{"after":"","before":"","last":"0","mark":"../../etc","me":"100","until":""}',
        '{"after":5,"before":"","last":"0","mark":"0","me":"100","until":""}',
        '{"after":"","before":"","last":"0","mark":"0","me":"100","until":"one day"}',
    ],
)
def test_a_cursor_that_makes_no_sense_starts_afresh(
    server: MastodonStandIn, connector: MastodonAccount, cursor: str
) -> None:
    native_id = server.comment(server.post(), "One")
    assert native_id in comments(*walk(connector, cursor))


def test_the_cursor_is_compact_text_in_a_fixed_order(connector: MastodonAccount) -> None:
    cursor = walk(connector)[-1].cursor
    held = json.loads(cursor)
    assert cursor == json.dumps(held, sort_keys=True, separators=(",", ":"))
    assert held["me"] == "100"


@pytest.mark.parametrize(
    "fault", [Fault.DROPPED, Fault.DUPLICATED, Fault.REORDERED, Fault.EXPIRED_CURSOR], ids=str
)
def test_a_list_that_is_shaken_skips_nothing_once_it_is_whole_again(
    server: MastodonStandIn, connector: MastodonAccount, fault: Fault
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    ids = {server.comment(post, f"Answer {count}") for count in range(200)}
    server.faults = FaultScript(3, {fault: 0.7})
    pages = walk(connector, cursor)
    server.faults = FaultScript()
    assert set(comments(*pages, *walk(connector, pages[-1].cursor))) == ids


def test_a_page_shows_each_post_once(server: MastodonStandIn, connector: MastodonAccount) -> None:
    post = server.post()
    native_id = server.comment(post, "Answers and quotes")
    server.toots[native_id].quoted = server.toots[post]
    server._notify("quote", server.toots[native_id])
    records = walk(connector)[0].records
    assert len(records) == 1
    assert comments(*walk(connector))[native_id].kind is ItemKind.COMMENT


def test_what_a_filter_keeps_back_is_brought(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    native_id = server.comment(server.post(), "From a new account", filtered=True)
    assert native_id in comments(*walk(connector))


# What a notification becomes.


def test_an_answer_to_our_post_is_a_comment_below_it(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post("Open day on Saturday.")
    native_id = server.comment(post, "You are useless", author="Angry Person")
    got = comments(*walk(connector))[native_id]
    assert got.kind is ItemKind.COMMENT
    assert got.text == "You are useless"
    profile = "https://town.example/@Angry_Person"
    assert got.author == Author("900", "Angry_Person", "Angry Person", profile=profile)
    assert got.post == Post(post, "Open day on Saturday.", f"https://town.example/@brigade/{post}")
    assert got.parent_id is None
    assert got.url == f"https://town.example/@Angry_Person/{native_id}"
    assert got.standing is Standing.VISIBLE
    assert got.created_at is not None
    assert abs(datetime.now(UTC) - got.created_at) < timedelta(seconds=60)


def test_an_answer_to_an_answer_is_a_reply_below_our_post(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    first = server.say("One", above=post)
    second = server.say("Two", above=first, author="another")
    third = server.comment(post, "Three", parent=second)
    got = comments(*walk(connector))[third]
    assert got.kind is ItemKind.REPLY
    assert got.post is not None
    assert (got.post.id, got.post.text, got.parent_id) == (post, "Open day on Saturday.", second)


def test_an_answer_to_our_own_answer_stands_below_that(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    ours = server.we_reply(server.comment(server.post(), "Question"), "Answer")
    native_id = server.comment(ours, "That is a lie")
    got = comments(*walk(connector))[native_id]
    assert got.post is not None
    assert (got.kind, got.post.id) == (ItemKind.COMMENT, ours)


def test_a_post_in_somebody_elses_thread_is_a_mention(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    above = server.say("Nothing to do with us")
    native_id = server.mention("Look, @brigade", above=above, author="another")
    got = comments(*walk(connector))[native_id]
    assert (got.kind, got.post, got.parent_id) == (ItemKind.MENTION, None, above)


def test_a_quote_of_our_post_stands_below_it(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post("Quoted.")
    native_id = server.quote(post, "Look at these liars")
    got = comments(*walk(connector))[native_id]
    assert got.post is not None
    assert (got.kind, got.post.id, got.post.text) == (ItemKind.QUOTE, post, "Quoted.")


def test_the_threads_of_a_whole_page_are_looked_up_in_few_calls(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    above = [server.say(f"Aside {count}", above=post) for count in range(60)]
    cursor = walk(connector)[-1].cursor
    for one in above:
        server.comment(post, "Nested", parent=one)
    count = len(server.journal)
    pages = walk(connector, cursor)
    assert {one.kind for one in comments(*pages).values()} == {ItemKind.REPLY}
    assert len(asked(server, count)) <= 6


def test_an_instance_that_gives_no_posts_by_their_ids_still_brings_mentions(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    server.has_batches = False
    post = server.post()
    nested = server.comment(post, "Nested", parent=server.say("Aside", above=post))
    plain = server.comment(post, "Plain")
    got = comments(*walk(connector))
    assert (got[nested].kind, got[plain].kind) == (ItemKind.MENTION, ItemKind.COMMENT)
    assert got[plain].post == Post(post)


def test_a_post_for_few_eyes_is_not_called_visible(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    native_id = server.comment(server.post(), "Psst", visibility="direct")
    assert comments(*walk(connector))[native_id].standing is Standing.UNKNOWN


def test_pictures_come_as_addresses_and_their_descriptions_as_words(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    pictures = (("https://far.example/a.png", "A drawing of a fool"), ("javascript:alert(1)", ""))
    native_id = server.comment(server.post(), "", pictures=pictures, html=" ")
    got = comments(*walk(connector))[native_id]
    assert got.media == ("https://far.example/a.png",)
    assert got.text == "[A drawing of a fool]"


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "\u202eright to left\u202c",
        "zero\u200bwidth",
        "👩🏽‍🚒",
        "<script>alert(1)</script>",
        "'; DROP TABLE items; --",
        "{{ 7 * 7 }}",
    ],
)
def test_odd_words_come_as_they_were_written(
    server: MastodonStandIn, connector: MastodonAccount, text: str
) -> None:
    native_id = server.comment(server.post(), text)
    assert comments(*walk(connector))[native_id].text == text


# Poison beside neighbours.


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"id":"5","replies_count":' + b"9" * 5_000 + b"}", "digits"),
        (b'{"id":"5","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deep"),
        (b'{"content":"<p>No id</p>"}', "no id"),
        (b'{"id":null}', "no id"),
        (b'{"id":"5","content":5}', "not text"),
        (b'{"id":"5","content":"\xff"}', "UTF-8"),
        (b'{"id":"5","id":"6"}', "twice"),
        (b'{"id":"5","score":NaN}', "not finite"),
        (b'{"id":"' + b"5" * 300 + b'"}', "longer than"),
        (b"null", "no post"),
        (b"[]", "no post"),
        (b'"text"', "no post"),
    ],
)
def test_poison_is_set_aside_beside_its_neighbours(
    server: MastodonStandIn, connector: MastodonAccount, raw: bytes, reason: str
) -> None:
    post = server.post()
    ids = {server.comment(post, "Before")}
    server.comment(post, "Poison", raw=raw)
    ids.add(server.comment(post, "After"))
    pages = walk(connector)
    bad = [one for page in pages for one in page.records if isinstance(one, Unreadable)]
    assert set(comments(*pages)) == ids
    assert [reason in one.reason for one in bad] == [True]
    assert all(one.raw in page.raw for page in pages for one in page.records)


def test_a_page_of_nothing_but_poison_is_passed(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    for _ in range(PAGE):
        server.comment(post, "Poison", raw=b'{"id":null}')
    native_id = server.comment(post, "After")
    assert native_id in comments(*walk(connector, cursor))


def test_a_page_without_one_readable_id_is_passed_by_the_platforms_own_links(
    server: MastodonStandIn, connector: MastodonAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    for count in range(PAGE):
        server.comment(post, f"Broken {count}")
    native_id = server.comment(post, "After")
    note = server._note
    monkeypatch.setattr(server, "_note", lambda one: note(one) if one[0] > PAGE else b'{"id":{}}')
    assert set(comments(*walk(connector, cursor))) == {native_id}


@pytest.mark.parametrize("element", [b"7", b"null", b'"x"', b"[1]", b"{}"])
def test_an_element_that_is_no_notification_is_set_aside(
    server: MastodonStandIn,
    connector: MastodonAccount,
    monkeypatch: pytest.MonkeyPatch,
    element: bytes,
) -> None:
    native_id = server.comment(server.post(), "Beside it")
    note = server._note
    monkeypatch.setattr(server, "_note", lambda one: element + b"," + note(one))
    page = walk(connector)[0]
    assert native_id in comments(page)
    assert [type(one) for one in page.records].count(Unreadable) == 1


# Faults of the way and of the platform.

WAYS: list[tuple[Fault, type[ConnectorError]]] = [
    (Fault.SERVER_ERROR, Transient),
    (Fault.BAD_GATEWAY, Transient),
    (Fault.HTML_200, Malformed),
    (Fault.TRUNCATED, Transient),
    (Fault.CUT_BEFORE, Transient),
    (Fault.HANG_BEFORE, Transient),
    (Fault.RATE_LIMITED, Throttled),
]


@pytest.mark.parametrize(("fault", "meant"), WAYS, ids=lambda one: str(one))
def test_a_fault_is_told_and_nothing_is_lost(
    server: MastodonStandIn,
    connector: MastodonAccount,
    again: Again,
    fault: Fault,
    meant: type[ConnectorError],
) -> None:
    cursor = walk(connector)[-1].cursor
    native_id = server.comment(server.post(), "One")
    server.faults = FaultScript(1, {fault: 1.0})
    with pytest.raises(meant):
        again(**patience(fault)).poll("comments", cursor)
    server.faults = FaultScript()
    assert native_id in comments(*walk(connector, cursor))


def test_a_storm_of_faults_skips_nothing(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    cursor = walk(connector)[-1].cursor
    ids = {server.comment(post, f"Answer {count}") for count in range(400)}
    shares = {
        Fault.SERVER_ERROR: 0.1,
        Fault.HTML_200: 0.1,
        Fault.TRUNCATED: 0.1,
        Fault.CUT_BEFORE: 0.1,
        Fault.DROPPED: 0.3,
        Fault.DUPLICATED: 0.3,
        Fault.REORDERED: 0.3,
    }
    server.faults = FaultScript(7, shares)
    seen: set[str] = set()
    for _ in range(300):
        try:
            page = connector.poll("comments", cursor)
        except Transient:
            continue
        seen |= set(comments(page))
        cursor = page.cursor
        if seen == ids:
            break
    assert seen == ids


def test_access_that_ends_in_the_middle_of_a_walk_stops_it(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    for count in range(2 * PAGE):
        server.comment(post, f"Answer {count}")
    first = connector.poll("comments", None)
    server.lose_access()
    with pytest.raises(AuthLost):
        connector.poll("comments", first.cursor)


def test_a_low_allowance_asks_for_rest(server: MastodonStandIn, again: Again) -> None:
    connector = again()
    cursor = walk(connector)[-1].cursor
    assert connector.poll("comments", cursor).rest_s == 0.0
    server.allowance = 5
    server._windows.clear()
    rests: list[Any] = [connector.poll("comments", cursor).rest_s for _ in range(5)]
    assert rests == sorted(rests)
    assert rests[0] == 0.0
    assert 0 < rests[-1] <= 300
    with pytest.raises(Throttled) as caught:
        connector.poll("comments", cursor)
    assert 1 <= caught.value.retry_after <= 301
