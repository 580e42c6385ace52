"""Re-reading a Facebook Page finds what changed, what went, and what polling missed."""

from __future__ import annotations

from connectors.meta.facebook_page import FacebookPage
from moderation.model import Standing
from tests.connectors.graph.rounds import comments, ids, pages, rounds
from tests.standins.faults import Fault, FaultScript
from tests.standins.graph import FacebookStandIn


def test_edits_deletions_and_moderation_are_seen_by_rereading(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    post = page.post()
    edited, gone, hidden = (page.comment(post, f"Comment {n}") for n in range(3))
    pages(facebook, None)
    page.edit(edited, "Something else")
    page.remove(gone)
    page.set_hidden(hidden, hidden=True)
    again = list(rounds(facebook, page.clock.now()))
    found = {one.native_id: one for one in comments(again)}
    assert found[edited].text == "Something else"
    assert found[hidden].standing is Standing.HIDDEN
    assert gone not in found
    assert [post] == [name for one in again for name in one.whole]


def test_a_round_names_each_post_once_it_has_shown_all_of_it(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(3)]
    for number in range(450):
        page.comment(posts[number % 2], f"Comment {number}")
    seen: dict[str, set[str]] = {}
    shown: set[str] = set()
    for one in rounds(facebook, page.clock.now()):
        shown |= ids([one])
        seen.update({name: set(shown) for name in one.whole})
    assert set(seen) == set(posts)
    below = {native_id for native_id, thing in page.things.items() if thing.kind == "Comment"}
    assert set.union(*seen.values()) == below


def test_a_round_leaves_out_posts_from_before_its_date(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    now = page.clock.now()
    page.comment(page.post(at=now.replace(year=now.year - 1)), "Long ago")
    new = page.comment(page.post(), "Today")
    assert ids(list(rounds(facebook, now))) == {new}


def test_a_post_deleted_in_the_middle_of_a_round_is_named_and_the_round_goes_on(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    gone, stays = page.post(), page.post()
    kept = page.comment(stays, "Stays")
    turn = rounds(facebook, page.clock.now())
    first = next(turn)
    page.remove(gone)
    rest = list(turn)
    assert ids([first, *rest]) == {kept}
    assert {name for one in rest for name in one.whole} == {gone, stays}


def test_comments_below_adverts_are_found_by_rereading(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    below = page.comment(page.advert("Join us"), "Waste of money")
    both = page.comment(page.advert("Join us too", published=True), "Waste of time")
    brought = list(rounds(facebook, page.clock.now()))
    assert ids(brought) == {below, both}
    assert len(comments(brought)) == 2


def test_a_round_without_the_permission_to_see_adverts_ends_well(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.comment(page.advert("Join us"), "Waste of money")
    page.lose_permission("pages_manage_ads")
    assert ids(list(rounds(facebook, page.clock.now()))) == set()


def test_a_round_goes_on_from_every_page_after_a_crash(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(2)]
    written = {page.comment(posts[n % 2], f"Comment {n}") for n in range(450)}
    since, cursor, shown = page.clock.now().replace(year=2020), None, set()
    while True:
        facebook.reread(cursor, since)
        one = facebook.reread(cursor, since)
        shown |= ids([one])
        if not one.more:
            break
        cursor = one.cursor
    assert shown == written


def test_a_round_whose_cursors_are_forgotten_starts_its_lists_again(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posts = [page.post() for _ in range(130)]
    written = {page.comment(posts[n % 2], f"Comment {n}") for n in range(900)}
    page.faults = FaultScript(5, {Fault.EXPIRED_CURSOR: 0.1, Fault.DUPLICATED: 0.3})
    assert ids(list(rounds(facebook, page.clock.now()))) == written
    assert page.faults.struck[Fault.EXPIRED_CURSOR] > 0
