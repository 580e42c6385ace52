"""A delivery shortens the delay: each change ends as its platform shows it, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from moderation.policy import Policy
from moderation.tables import (
    DeliveryRow,
    JobState,
    VersionKind,
)
from review_ui.app import create_app
from tests.connected import Connected
from tests.worker.delivering.pushing import (
    body_of,
    graph_of,
    kinds,
    pages,
    platform_of,
    push,
    quarantined,
    tell,
    told_comment,
)
from tests.worker.rereading_tools import REFUSING, taken_in, versions
from tests.world import World


def test_a_comment_that_is_added_edited_and_removed_ends_gone_with_both_its_words(
    world: World, connect: Callable[..., Connected]
) -> None:
    page = connect(world)
    one = page.server.comment(page.server.post(), "First words")
    tell(page, ("add", one))
    assert page.texts() == {one: "First words"}
    page.server.edit(one, "Other words")
    tell(page, ("edited", one))
    assert page.texts() == {one: "Other words"}
    removal = graph_of(page).delivery(("remove", one))
    page.server.remove(one)
    push(page, removal)
    assert page.texts() == {one: None}
    assert kinds(page, one) == [VersionKind.CREATED, VersionKind.EDITED, VersionKind.DELETED]
    assert {job.state for job in page.jobs("deliver")} == {JobState.DONE}
    page.require_whole()


def test_what_is_told_out_of_order_and_often_ends_as_the_platform_shows_it(
    page: Connected,
) -> None:
    post = page.server.post()
    one, two = (page.server.comment(post, text) for text in ("One", "Two"))
    server = graph_of(page)
    late = [server.delivery(("add", one), ("add", two))]
    page.server.edit(one, "One, edited")
    late.append(server.delivery(("edited", one), repeated=3, out_of_order=True))
    late.append(server.delivery(("remove", two)))
    page.server.remove(two)
    for pushed in reversed(late):
        push(page, pushed)
    assert page.texts() == {one: "One, edited", two: None}
    before = len(versions(page, one)), pages(page)
    push(page, late[1].body + b" ")
    assert (len(versions(page, one)), pages(page)) == before
    page.require_whole()


def test_a_delivery_in_which_one_item_stands_often_looks_it_up_once(page: Connected) -> None:
    one = page.server.comment(page.server.post(), "Words")
    tell(page, ("add", one), ("edited", one), repeated=10)
    assert platform_of(page).asked_for(one) == 1


def test_a_removal_of_what_was_never_held_leaves_nothing_behind(page: Connected) -> None:
    one = page.server.comment(page.server.post(), "Words")
    removal = graph_of(page).delivery(("remove", one))
    page.server.remove(one)
    push(page, removal)
    assert (page.texts(), pages(page)) == ({}, 0)


def test_what_is_gone_before_it_was_looked_up_keeps_the_words_that_were_delivered(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words that nobody sees any more")
    pushed = graph_of(page).delivery(("add", one))
    page.server.remove(one)
    push(page, pushed)
    assert kinds(page, one) == [VersionKind.CREATED, VersionKind.DELETED]
    assert versions(page, one)[0].body == "Words that nobody sees any more"
    assert b"Words that nobody sees any more" in versions(page, one)[0].raw


def test_what_concerns_another_account_is_left_alone(page: Connected) -> None:
    push(page, body_of(page, told_comment("1_2", message="Not ours"), account_id="99"))
    assert (page.texts(), pages(page), quarantined(page)) == ({}, 0, [])
    assert page.job("deliver").state is JobState.DONE


def test_a_thousand_changes_in_one_body_are_all_taken_in(page: Connected) -> None:
    post = page.server.post()
    ids = [page.server.comment(post, f"Comment {number}") for number in range(100)]
    told = [(verb, native_id) for verb in ("add", "edited") for native_id in ids]
    tell(page, *told, repeated=5, out_of_order=True)
    assert set(page.texts()) == set(ids)
    assert {platform_of(page).asked_for(native_id) for native_id in ids} == {1}
    assert page.job("deliver").state is JobState.DONE
    assert quarantined(page) == []


def test_what_a_full_body_tells_of_is_stored_by_the_batch(page: Connected) -> None:
    post = page.server.post()
    ids = [page.server.comment(post, f"Comment {number}") for number in range(130)]
    taken_in(page, 1)
    page.poll_feeds()
    before = pages(page)
    for native_id in ids:
        page.server.edit(native_id, "Other words")
    tell(page, *(("edited", native_id) for native_id in ids))
    texts = page.texts()
    assert {texts[native_id] for native_id in ids} == {"Other words"}
    assert pages(page) - before == 3
    page.require_whole()


@pytest.mark.parametrize(
    "poison",
    ['"a word"', '{"field":"feed"}', '{"field":"feed","value":{"item":"comment","verb":"add"}}',
     '{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1\\u0000"}}',
     ],
    ids=["no object", "no value", "no id", "a zero in its id"],
)  # fmt: skip
def test_poison_goes_to_quarantine_and_the_good_beside_it_is_taken_in(
    world: World, connect: Callable[..., Connected], poison: str
) -> None:
    page = connect(world)
    post = page.server.post()
    good = [page.server.comment(post, f"Good {number}") for number in range(2)]
    first, last = json.loads(graph_of(page).delivery(*(("add", one) for one in good)).body)[
        "entry"
    ][0]["changes"]
    push(page, body_of(page, first, "@@", last).replace(b'"@@"', poison.encode()))
    assert set(page.texts()) == set(good)
    assert len(quarantined(page)) == 1
    assert page.job("deliver").state is JobState.DONE


def test_a_body_that_is_no_delivery_is_quarantined_whole(page: Connected) -> None:
    push(page, b'{"object":"page","entry":[{')
    assert quarantined(page) == [b'{"object":"page","entry":[{']


def test_what_the_platform_refuses_to_show_keeps_the_words_that_were_delivered(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words")
    platform_of(page).otherwise[one] = REFUSING
    tell(page, ("add", one))
    assert page.texts() == {one: "Words"}
    assert page.job("deliver").state is JobState.DONE


def test_what_is_posted_to_the_hook_stands_in_the_record_when_the_worker_has_read_it(
    page: Connected,
) -> None:
    app = create_app(page.store, page.settings, Policy.load())
    one = page.server.comment(page.server.post(), "Straight in")
    pushed = graph_of(page).delivery(("add", one))
    answers = [
        app.test_client().post("/hooks/northmoor/page", data=pushed.body, headers=pushed.headers)
        for _ in range(3)
    ]
    assert {answer.status_code for answer in answers} == {200}
    page.later(5)
    page.work()
    assert page.texts() == {one: "Straight in"}
    with page.store.reading() as session:
        [row] = session.scalars(select(DeliveryRow)).all()
    assert row.read_at is not None
    assert len(page.jobs("deliver")) == 1
    page.require_whole()
