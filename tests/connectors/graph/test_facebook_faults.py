"""Whatever fails on the way to a Facebook Page is told in the contract's words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from connectors.contract import AuthLost, Malformed, Throttled, Transient
from connectors.meta.facebook_page import FacebookPage
from connectors.meta.graph import graph_of
from tests.connectors.graph.conftest import Again
from tests.connectors.graph.rounds import ids, pages, rounds, settled
from tests.standins.faults import Fault, FaultScript, patience
from tests.standins.graph import FacebookStandIn
from tests.standins.means import means


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
    again: Again, page: FacebookStandIn, fault: Fault, meaning: type[Exception]
) -> None:
    page.comment(page.post(), "One")
    page.faults = FaultScript(3, {fault: 1.0})
    with pytest.raises(meaning) as told:
        again(**patience(fault)).poll("comments", None)
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
    facebook = FacebookPage(graph_of(page.settings(), given, "Facebook"), page.page.id)
    assert len(ids(pages(facebook, None))) == 1
    assert all(entry.query["appsecret_proof"] for entry in page.journal)
    assert all(entry.status == 200 for entry in page.journal)


def test_a_listing_whose_cursor_was_forgotten_is_read_again_from_the_newest(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.post()
    cursor = settled(facebook, page)
    written = {page.comment(page.post(f"Post {n}"), f"Comment {n}") for n in range(230)}
    page.faults = FaultScript(2, {Fault.EXPIRED_CURSOR: 0.5})
    assert ids(pages(facebook, cursor)) == written
    assert page.faults.struck[Fault.EXPIRED_CURSOR] > 0


def test_an_order_that_is_not_told_is_seen_from_the_times(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.tells_order = False
    post, began = page.post(), page.clock.now()
    page.things[post].in_order = False  # type: ignore[attr-defined]
    for number in range(250):
        page.comment(post, f"Old {number}", at=began - timedelta(hours=9, seconds=-number))
    cursor = settled(facebook, page)
    new = page.comment(post, "New, and at the very end of the list")
    assert new in ids(pages(facebook, cursor))


def test_a_feed_is_walked_to_the_mark_of_the_last_finished_walk_and_no_other(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    now = page.clock.now()
    written = {page.mention(f"M {n}", at=now - timedelta(minutes=n)) for n in range(350)}
    first = facebook.poll("mentions", None)
    second = facebook.poll("mentions", first.cursor)
    page.mention("Newer than all that is still to come")
    assert ids([first, second, *pages(facebook, second.cursor, "mentions")]) == written


def test_a_comment_that_shows_late_is_found_behind_a_page_of_newer_ones(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.list_lag_s = 300
    post = page.post()
    page.clock.advance(400)
    cursor = settled(facebook, page)
    late = page.comment(post, "Shows in five minutes")
    page.clock.advance(2)
    for number in range(150):
        page.comment(post, f"Newer, and as late {number}")
    page.clock.advance(60)
    cursor = pages(facebook, cursor)[-1].cursor
    page.clock.advance(400)
    assert late in ids(pages(facebook, cursor))


def test_a_known_post_behind_many_new_ones_is_walked_back_to_the_last_finished_round(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    known = page.post()
    cursor = settled(facebook, page)
    page.clock.advance(10_800)
    now = page.clock.now()
    written = {
        page.comment(known, f"Comment {n}", at=now - timedelta(minutes=n)) for n in range(150)
    }
    for number in range(230):
        page.post(f"Post {number}")
    assert ids(pages(facebook, cursor)) == written
