"""A round over our own posts: edits, deletions, what polling missed, and what is named whole."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from connectors.contract import Gone, Transient
from connectors.mastodon import reading
from connectors.mastodon.connector import MastodonAccount
from moderation.model import Comment, ItemKind, Unreadable
from tests.connectors.mastodon.walking import SINCE, a_round, comments, ref_of, walk
from tests.standins.faults import Fault, FaultScript
from tests.standins.mastodon import MastodonStandIn


def test_a_round_shows_everything_below_every_post(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    posts = [server.post(f"Post {count}") for count in range(5)]
    told = {server.comment(post, "Names us") for post in posts}
    silent = {server.comment(post, "Does not name us", told=False) for post in posts}
    pages = list(a_round(connector))
    assert set(comments(*pages)) == told | silent
    assert {native_id for page in pages for native_id in page.whole} == set(posts)
    assert set(comments(*walk(connector))) == told


def test_a_round_of_an_account_without_posts_ends_at_once(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    (page,) = a_round(connector)
    assert (page.records, page.more, page.whole) == ((), False, ())


def test_posts_from_before_the_date_are_left_alone(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    now = server.clock.now()
    old = server.post(at=now - timedelta(days=40))
    new = server.post(at=now - timedelta(days=2))
    server.comment(old, "Old")
    server.comment(new, "New")
    pages = list(a_round(connector, now - timedelta(days=28)))
    assert {one.text for one in comments(*pages).values()} == {"New"}
    assert [page.whole for page in pages] == [(new,), ()]


def test_an_edit_is_found(server: MastodonStandIn, connector: MastodonAccount) -> None:
    native_id = server.comment(server.post(), "Well done")
    assert comments(*a_round(connector))[native_id].text == "Well done"
    server.edit(native_id, "You fools")
    assert comments(*a_round(connector))[native_id].text == "You fools"


def test_a_deletion_is_found_by_what_a_whole_thread_no_longer_shows(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    native_id = server.comment(post, "Soon gone")
    held = comments(*walk(connector))[native_id]
    server.remove(native_id)
    pages = list(a_round(connector))
    assert native_id not in comments(*pages)
    assert post in pages[0].whole
    with pytest.raises(Gone):
        connector.fetch(ref_of(held))


def test_a_suspended_author_is_missing_from_the_round(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    native_id = server.comment(server.post(), "Vile", author="Bad Apple")
    held = comments(*walk(connector))[native_id]
    server.suspend("Bad Apple")
    assert native_id not in comments(*a_round(connector))
    with pytest.raises(Gone):
        connector.fetch(ref_of(held))


def test_the_place_in_a_thread_is_the_same_as_when_it_was_polled(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    first = server.comment(post, "One")
    second = server.comment(post, "Two", parent=first, author="another")
    ours = server.we_reply(second, "We answer")
    third = server.comment(ours, "Three", author="third")
    polled, reread = comments(*walk(connector)), comments(*a_round(connector))
    assert set(polled) == set(reread) == {first, second, third}
    assert polled == reread
    kinds = [polled[one].kind for one in (first, second, third)]
    assert kinds == [ItemKind.COMMENT, ItemKind.REPLY, ItemKind.COMMENT]


def test_our_own_words_are_no_comments(server: MastodonStandIn, connector: MastodonAccount) -> None:
    post = server.post()
    server.we_reply(server.comment(post, "Question"), "Answer")
    server.we_reply(post, "We add")
    assert [one.text for one in comments(*a_round(connector)).values()] == ["Question"]


def test_a_post_that_is_deleted_in_the_middle_of_a_round_is_named_and_passed(
    server: MastodonStandIn, connector: MastodonAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = server.post("Older"), server.post("Newer")
    server.comment(older, "Below the older one")
    listed = server._statuses_of

    def deleted_after(*args: object) -> object:
        answer = listed(*args)  # type: ignore[arg-type]
        if newer in server.toots:
            server.remove(newer)
        return answer

    monkeypatch.setattr(server, "_statuses_of", deleted_after)
    pages = list(a_round(connector))
    assert pages[0].whole == (newer,)
    assert pages[0].records == ()
    assert {one.text for one in comments(*pages).values()} == {"Below the older one"}


def test_a_thread_that_is_still_being_fetched_is_not_named_whole(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    server.comment(post, "One")
    server.refreshing.add(post)
    pages = list(a_round(connector))
    assert [page.whole for page in pages] == [(), ()]
    assert len(comments(*pages)) == 1


def test_a_thread_that_is_cut_off_is_not_named_whole(
    server: MastodonStandIn, connector: MastodonAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = server.post()
    for count in range(30):
        server.comment(post, f"Answer {count}")
    monkeypatch.setattr(reading, "DESCENDANTS", 30)
    assert [page.whole for page in a_round(connector)] == [(), ()]


def test_the_largest_thread_is_read_in_good_time(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    for count in range(5_000):
        server.comment(post, f"Answer {count}", author=f"reader {count % 50}")
    page = connector.reread(None, SINCE)
    assert len(page.records) == reading.DESCENDANTS
    assert page.whole == ()


def test_a_quarrel_as_deep_as_it_is_long_is_read_in_good_time(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = above = server.post()
    for count in range(4_000):
        above = server.comment(post, f"No, you {count}", parent=above, author=f"side {count % 2}")
    began = time.monotonic()
    page = connector.reread(None, SINCE)
    assert time.monotonic() - began < 5.0
    kinds = [one.kind for one in page.records if isinstance(one, Comment)]
    assert (kinds.count(ItemKind.COMMENT), kinds.count(ItemKind.REPLY)) == (1, 3_999)
    assert {one.post.id for one in comments(page).values() if one.post} == {post}


def test_posts_that_answer_each_other_in_a_ring_stand_below_nothing(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    first = server.say("One")
    second = server.say("Two", above=first)
    server.toots[first].above = second
    native_id = server.mention("Three", above=second)
    assert comments(*walk(connector))[native_id].kind is ItemKind.MENTION


def test_poison_in_a_thread_spoils_no_neighbour(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    ids = {server.comment(post, "Before")}
    server.comment(post, "", raw=b'{"id":"5","n":' + b"9" * 5_000 + b"}")
    server.comment(post, "", raw=b'{"id":"5","n":' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    ids.add(server.comment(post, "After"))
    page = connector.reread(None, SINCE)
    assert set(comments(page)) == ids
    assert [type(one) for one in page.records].count(Unreadable) == 2
    assert page.whole == (post,)


def test_an_own_post_that_cannot_be_read_is_passed(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    older = server.post("Older")
    broken = server.post("Broken")
    server.toots[broken].raw = b'{"id":null,"n":' + b"9" * 5_000 + b"}"
    server.comment(older, "Below the older one")
    pages = list(a_round(connector))
    assert {one.text for one in comments(*pages).values()} == {"Below the older one"}


def test_faults_on_the_way_do_not_end_a_round_early(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    posts = [server.post(f"Post {count}") for count in range(10)]
    ids = {server.comment(post, "Below") for post in posts}
    server.faults = FaultScript(5, {Fault.SERVER_ERROR: 0.2, Fault.HTML_200: 0.2})
    cursor, seen, ended = None, set(), False
    for _ in range(200):
        try:
            page = connector.reread(cursor, SINCE)
        except Transient:
            continue
        seen |= set(comments(page))
        cursor, ended = page.cursor, not page.more
        if ended:
            break
    assert ended
    assert seen == ids


@pytest.mark.parametrize("cursor", ["", "[]", "nonsense", '{"me":"../1","before":"2"}', '{"me":1}'])
def test_a_senseless_cursor_starts_the_round_afresh(
    server: MastodonStandIn, connector: MastodonAccount, cursor: str
) -> None:
    post = server.post()
    assert connector.reread(cursor, SINCE).whole == (post,)


def test_a_page_of_a_round_holds_the_bytes_of_its_records(
    server: MastodonStandIn, connector: MastodonAccount
) -> None:
    post = server.post()
    server.comment(post, "One")
    page = connector.reread(None, SINCE)
    assert all(one.raw in page.raw for one in page.records)
    assert len(page.records) == 1
