"""The queue page: what stands where, in which order, and what a line says."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from moderation import review
from moderation.lifecycle import ItemState
from moderation.taxonomy import Abuse, TargetType
from tests.review_ui.world import WORDS, World

LINE = re.compile(r'<li class="line" id="item-(\d+)"')


def _ids(page: str) -> list[int]:
    return [int(found) for found in LINE.findall(page)]


def _count(page: str, name: str) -> str:
    found = re.search(rf'>{name} <span class="count">([^<]+)</span>', page)
    assert found, name
    return found.group(1)


def test_what_cannot_wait_stands_first_then_the_most_severe_then_the_longest_waiting(
    world: World,
) -> None:
    low = world.item(severity=1, queue_rank=50)
    older, newer = world.item(severity=3, queue_rank=20), world.item(severity=3, queue_rank=20)
    urgent = world.item(urgent=True, severity=4)
    unscored = world.item(outcome="unscored", severity=0, category=None, queue_rank=40)
    page = world.browser("lee").get("/queue").text
    assert _ids(page) == [urgent, older, newer, unscored, low]


def test_oldest_first_looks_at_the_waiting_time_alone(world: World) -> None:
    first, second = world.item(severity=1, queue_rank=50), world.item(severity=4, queue_rank=10)
    browser = world.browser("lee")
    assert _ids(browser.get("/queue").text) == [second, first]
    assert _ids(browser.get("/queue?order=oldest").text) == [first, second]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Everything"), ("severity=3", "High"), ("severity=1", "Low"),
        ("check_first=yes", "Check first"), ("not_scored=yes", "Not scored"),
        ("category=doxing", "Private details published"), ("state=in_hand", "In hand"),
        ("state=closed", "Closed"), ("state=all", "All items"),
    ],
)  # fmt: skip
def test_the_count_of_each_view_equals_its_list(world: World, query: str, name: str) -> None:
    world.item(severity=3, queue_rank=20, category=Abuse.DOXING)
    world.item(severity=1, queue_rank=50)
    world.item(urgent=True, severity=3)
    world.item(outcome="unscored", severity=0, category=None, queue_rank=40)
    world.item(state=ItemState.IN_HAND, severity=3, queue_rank=20)
    world.item(state=ItemState.CLOSED, queue_rank=None, waiting_since=None)
    world.item(state=ItemState.CLEAR, queue_rank=None, waiting_since=None)
    page = world.browser("lee").get(f"/queue?{query}").text
    assert _ids(page)
    assert int(_count(page, name)) == len(_ids(page))


def test_paging_shows_every_item_once_forwards_and_backwards(world: World) -> None:
    made = {world.item(severity=1 + n % 3, queue_rank=50 - 10 * (n % 3)) for n in range(60)}
    browser = world.browser("lee")
    pages, path = [], "/queue"
    while path:
        text = browser.get(path).text
        pages.append(_ids(text))
        found = re.search(r'rel="next" href="([^"]+)"', text)
        path = found.group(1).replace("&amp;", "&") if found else ""
    assert [len(page) for page in pages] == [25, 25, 10]
    assert sorted(item_id for page in pages for item_id in page) == sorted(made)
    back = re.search(r'rel="prev" href="([^"]+)"', text)
    assert back
    assert _ids(browser.get(back.group(1).replace("&amp;", "&")).text) == pages[1]


@pytest.mark.parametrize(
    "query", ["after=nonsense", "after=1", "before=1.2.3.4", "severity=9", "state=gone",
              "category=rude", "account=x", "after=1.2.99999999999999999999"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_is_refused_in_words(small_world: World, query: str) -> None:
    assert small_world.browser("lee").get(f"/queue?{query}").status_code == 400


def test_a_line_says_what_how_severe_at_whom_where_and_how_long(small_world: World) -> None:
    small_world.item(
        post="Our new engine",
        severity=4,
        queue_rank=10,
        category=Abuse.MENACE,
        # The page says so for the whole minute that follows, however slow the machine is.
        waiting_since=small_world.store.now() - timedelta(minutes=59),
    )
    page = " ".join(small_world.browser("lee").get("/queue").text.split())
    for part in (
        "Critical", "Menace or veiled threat", "aimed at Mara Northmoor", "Northmoor page",
        "under “<bdi>Our new engine</bdi>”", "Waiting <strong>59 minutes</strong>",
    ):  # fmt: skip
        assert part in page


def test_a_text_is_behind_a_choice_until_a_person_prefers_otherwise(small_world: World) -> None:
    small_world.item()
    browser = small_world.browser("lee")
    page = browser.get("/queue").text
    assert WORDS in page
    assert '<details class="reveal" data-reveal>' in page
    browser.post("/preferences", {"single_keys": "yes"})
    assert '<details class="reveal" data-reveal open>' in browser.get("/queue").text


def test_a_claim_shows_who_is_looking_and_until_when(small_world: World) -> None:
    item_id = small_world.item()
    with small_world.store.transaction() as session:
        review.claim(session, item_id, actor=small_world.actor("dana"), now=small_world.store.now())
    assert "Dana Price is looking at this until" in small_world.browser("lee").get("/queue").text
    assert "You are looking at this until" in small_world.browser("dana").get("/queue").text


def test_each_role_counts_and_lists_only_what_it_may_see(world: World) -> None:
    plain = world.item(
        severity=1, queue_rank=50, target_type=TargetType.SERVICE, target_staff_id=None
    )
    staff = world.item(severity=2)
    urgent = world.item(urgent=True, severity=4, target_type=TargetType.NONE, target_staff_id=None)
    world.item(restricted=True)
    world.item(org="elsewhere")
    seen = {"dana": {plain, staff, urgent}, "asha": {staff}, "sal": {urgent}}
    for name, ids in seen.items():
        page = world.browser(name).get("/queue").text
        assert set(_ids(page)) == ids, name
        assert int(_count(page, "Waiting")) == len(ids), name


def test_an_empty_queue_says_so(small_world: World) -> None:
    assert "Nothing here." in small_world.browser("lee").get("/queue").text


def test_removed_and_edited_items_are_marked(small_world: World) -> None:
    small_world.item(version=2)
    small_world.item(gone_at=small_world.store.now())
    page = small_world.browser("lee").get("/queue").text
    assert "edited" in page
    assert "gone from the platform" in page
