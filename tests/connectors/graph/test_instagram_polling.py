"""An Instagram account's comments, answers and mentions are all brought."""

from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.meta.instagram import Instagram
from moderation.model import ItemKind, Standing, Unreadable
from tests.connectors.graph.oddities import ODD, POISON
from tests.connectors.graph.rounds import comments, ids, pages, rounds, settled
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import InstagramStandIn


def test_a_poll_of_an_idle_account_costs_one_request(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    for number in range(80):
        account.comment(post, f"Comment {number}")
    cursor = settled(instagram, account)
    assert pages(instagram, cursor)[-1].records == ()
    assert [entry.path for entry in account.journal] == [f"/v26.0/{account.account.id}/media"]


def test_only_the_post_with_another_number_of_comments_is_walked(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    quiet, busy = account.post(), account.post()
    account.comment(quiet, "Old")
    account.comment(busy, "Old")
    cursor = settled(instagram, account)
    new = account.comment(busy, "New")
    assert new in ids(pages(instagram, cursor))
    assert [entry.path for entry in account.calls(path="/comments")] == [f"/v26.0/{busy}/comments"]


def test_a_new_answer_to_an_old_comment_is_found_wherever_it_stands(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post, now = account.post(), account.clock.now()
    old = account.comment(post, "Old", at=now - timedelta(hours=20))
    for number in range(160):
        account.comment(post, f"Later {number}", at=now - timedelta(hours=9, seconds=-number))
    cursor = settled(instagram, account)
    answer = account.comment(post, "A new answer", parent=old)
    assert answer in ids(pages(instagram, cursor))


def test_answers_that_were_cut_short_are_walked_to_their_end(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    tops = [account.comment(post, f"Top {number}") for number in range(70)]
    answers = {account.comment(post, f"Answer {n}", parent=tops[n % 2]) for n in range(330)}
    brought = pages(instagram, None)
    assert ids(brought) == answers | set(tops)
    assert account.calls(path="/replies")
    found = {one.native_id: one for one in comments(brought)}
    assert all(found[native_id].kind is ItemKind.REPLY for native_id in answers)
    assert all(found[native_id].parent_id in tops for native_id in answers)


def test_cursors_forgotten_among_answers_lose_nothing(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    tops = [account.comment(post, f"Top {number}") for number in range(120)]
    written = {account.comment(post, f"Answer {n}", parent=tops[n % 3]) for n in range(500)}
    account.faults = FaultScript(
        7, {Fault.EXPIRED_CURSOR: 0.2, Fault.DUPLICATED: 0.3, Fault.REORDERED: 0.3}
    )
    assert ids(pages(instagram, None)) == written | set(tops)
    assert account.faults.struck[Fault.EXPIRED_CURSOR] > 0


def test_a_crash_on_any_page_repeats_and_skips_nothing(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    tops = [account.comment(post, f"Top {number}") for number in range(120)]
    written = {account.comment(post, f"Answer {n}", parent=tops[n % 3]) for n in range(300)}
    cursor, shown = None, set()
    while True:
        instagram.poll("comments", cursor)
        one = instagram.poll("comments", cursor)
        shown |= ids([one])
        if not one.more:
            break
        cursor = one.cursor
    assert shown == written | set(tops)


def test_the_first_poll_leaves_what_is_older_than_a_day_to_rereading(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    now = account.clock.now()
    post = account.post(at=now - timedelta(days=9))
    new = account.comment(post, "New")
    old = {
        account.comment(post, f"Old {number}", at=now - timedelta(days=2, seconds=number))
        for number in range(300)
    }
    brought = ids(pages(instagram, None))
    assert new in brought
    assert len(brought) < 110
    assert ids(list(rounds(instagram, now))) == old | {new}


def test_posts_the_account_is_tagged_in_come_by_their_own_feed(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    account.post()
    mention = account.mention("Seen @northmoor.fire today.", author="nell.example")
    (found,) = comments(pages(instagram, None, "mentions"))
    assert (found.native_id, found.kind) == (mention, ItemKind.MENTION)
    assert found.author is not None
    assert found.author.handle == "nell.example"
    assert ids(pages(instagram, None)) == set()
    cursor = pages(instagram, None, "mentions")[-1].cursor
    account.journal.clear()
    instagram.poll("mentions", cursor)
    assert len(account.journal) == 1


def test_a_comment_has_an_address_below_its_post(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post("Open day")
    native_id = account.comment(post, "When?")
    (found,) = comments(pages(instagram, None))
    shortcode = f"C{post[-10:]}"
    assert found.url == f"https://www.instagram.com/p/{shortcode}/c/{native_id}/"
    assert found.post is not None
    assert (found.post.id, found.post.text) == (post, "Open day")


@pytest.mark.parametrize("what", ODD)
def test_odd_content_is_brought_as_it_is(
    instagram: Instagram, account: InstagramStandIn, what: str
) -> None:
    account.comment(account.post(), ODD[what], author=None)
    (found,) = comments(pages(instagram, None))
    assert found.text == ODD[what]
    assert found.author is None


@pytest.mark.parametrize("below", [False, True], ids=["a comment", "an answer"])
@pytest.mark.parametrize("what", POISON)
def test_poison_spoils_nothing_beside_it(
    instagram: Instagram, account: InstagramStandIn, what: str, below: bool
) -> None:
    post = account.post()
    tops = [account.comment(post, f"Top {number}") for number in range(60)]
    answers = {account.comment(post, f"Answer {n}", parent=tops[n]) for n in range(10)}
    parent = tops[3] if below else None
    raw = POISON[what].replace(b'"message"', b'"text"')
    account.splice(account.comment(post, "Poison", parent=parent), raw)
    brought = pages(instagram, None)
    bad = [one for page in brought for one in page.records if isinstance(one, Unreadable)]
    assert ids(brought) == answers | set(tops)
    assert [one.raw for one in bad] == [raw]


def test_a_text_that_looks_like_answers_is_left_as_it_is(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    text = '"replies":{"data":[]} null {}'
    top = account.comment(account.post(), text)
    account.comment(next(iter(account.media.things())).id, "An answer", parent=top)
    found = {one.native_id: one for one in comments(pages(instagram, None))}
    assert found[top].text == text
    assert len(found) == 2


def test_edits_deletions_and_moderation_are_seen_by_rereading(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    edited, gone, hidden = (account.comment(post, f"Comment {n}") for n in range(3))
    pages(instagram, None)
    account.edit(edited, "Something else")
    account.remove(gone)
    account.set_hidden(hidden, hidden=True)
    again = list(rounds(instagram, account.clock.now()))
    found = {one.native_id: one for one in comments(again)}
    assert found[edited].text == "Something else"
    assert found[hidden].standing is Standing.HIDDEN
    assert gone not in found
    assert [name for one in again for name in one.whole] == [post]


def test_a_round_goes_no_further_than_its_date(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    now = account.clock.now()
    for number in range(150):
        account.post(at=now - timedelta(days=40, seconds=number))
    new = {account.comment(account.post(), f"Comment {number}") for number in range(150)}
    account.journal.clear()
    assert ids(list(rounds(instagram, now))) == new
    assert len(account.calls(path="/media")) == 3


def test_no_token_is_left_in_what_is_kept(instagram: Instagram, account: InstagramStandIn) -> None:
    post = account.post()
    top = account.comment(post, "Top")
    for number in range(120):
        account.comment(post, f"Answer {number}", parent=top)
        account.comment(post, f"Comment {number}")
    brought = [*pages(instagram, None), *rounds(instagram, account.clock.now())]
    assert any(b"next" in one.raw for one in comments(brought))
    assert all(account.token.encode() not in one.raw for one in brought)
    assert all(account.token not in repr(one) for one in brought)


def test_ten_thousand_comments_are_walked_in_seconds(
    instagram: Instagram, account: InstagramStandIn
) -> None:
    post = account.post()
    written = {account.comment(post, f"Comment {number}") for number in range(10_000)}
    assert ids(pages(instagram, None)) == written
