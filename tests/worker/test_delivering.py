"""A delivery shortens the delay: each change ends as its platform shows it, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from moderation import accounts
from moderation.access import Role
from moderation.accounts import deliveries
from moderation.policy import Policy
from moderation.tables import (
    AccountStatus,
    DeliveryRow,
    IngestPageRow,
    ItemVersionRow,
    JobState,
    QuarantineRow,
    VersionKind,
)
from review_ui.app import create_app
from tests.connected import Connected
from tests.standins.base import Fault, FaultScript
from tests.standins.graph import GraphStandIn, InstagramStandIn
from tests.standins.graph_deliveries import Delivery, delivery
from tests.worker.rereading_tools import DEAD, REFUSING, SelectivePage, taken_in, versions
from tests.world import World

APP_SECRET = "a secret of the app"
HIDDEN_WORDS = "Ask @northmoor.fire about it."


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Callable[..., Connected]]:
    """A way to connect an account whose platform pushes to it."""
    servers: list[GraphStandIn] = []

    def connected(world: World, kind: str = "facebook_page") -> Connected:
        server = SelectivePage() if kind == "facebook_page" else InstagramStandIn()
        server.app_secret = APP_SECRET
        servers.append(server.start())
        made = Connected(world, tmp_path, kind, server)
        made.as_known(server.subscribed(), "Northmoor Fire and Rescue")
        return made

    yield connected
    for server in servers:
        server.stop()


@pytest.fixture
def page(sqlite_world: World, connect: Callable[..., Connected]) -> Connected:
    return connect(sqlite_world)


@pytest.fixture
def instagram(sqlite_world: World, connect: Callable[..., Connected]) -> Connected:
    return connect(sqlite_world, "instagram")


def graph_of(connected: Connected) -> GraphStandIn:
    assert isinstance(connected.server, GraphStandIn)
    return connected.server


def platform_of(page: Connected) -> SelectivePage:
    assert isinstance(page.server, SelectivePage)
    return page.server


def push(connected: Connected, pushed: Delivery | bytes) -> None:
    """Let a delivery come in and be read."""
    body = pushed if isinstance(pushed, bytes) else pushed.body
    connected.later(1)
    with connected.store.transaction() as session:
        deliveries.receive(session, connected.account_id, body, now=connected.shop.now())
    connected.work()


def tell(connected: Connected, *told: tuple[str, str], **more: Any) -> None:
    push(connected, graph_of(connected).delivery(*told, **more))


def body_of(connected: Connected, *changes: Any, account_id: str = "") -> bytes:
    server = graph_of(connected)
    about = account_id or server.subscribed()
    at = int(server.clock.now().timestamp())
    return delivery(server.pushes, about, changes, at, APP_SECRET).body


def told_comment(native_id: str, **more: Any) -> dict[str, Any]:
    value = {"item": "comment", "verb": "add", "comment_id": native_id, "post_id": "1_1", **more}
    return {"field": "feed", "value": value}


def kinds(connected: Connected, native_id: str) -> list[VersionKind]:
    return [version.kind for version in versions(connected, native_id)]


def pages(connected: Connected) -> int:
    with connected.store.reading() as session:
        return len(session.scalars(select(IngestPageRow.id)).all())


def quarantined(connected: Connected) -> list[bytes]:
    with connected.store.reading() as session:
        return list(session.scalars(select(QuarantineRow.raw).order_by(QuarantineRow.id)))


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


@pytest.mark.parametrize(
    "poison",
    ['"a word"', '{"field":"feed"}', '{"field":"feed","value":{"item":"comment","verb":"add"}}',
     '{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1\\u0000"}}',
     '{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"1_7",'
     '"message":"\\ud800"}}'],
    ids=["no object", "no value", "no id", "a zero in its id", "half a letter"],
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


def test_a_platform_that_is_down_is_asked_later_and_what_was_looked_up_is_not_asked_again(
    page: Connected,
) -> None:
    post = page.server.post()
    ids = [page.server.comment(post, f"Comment {number}") for number in range(3)]
    pushed = graph_of(page).delivery(*(("add", native_id) for native_id in ids))
    platform_of(page).otherwise[ids[1]] = graph_of(page).rate_limited(None)  # type: ignore[arg-type]
    push(page, pushed)
    job = page.job("deliver")
    assert (job.state, job.attempts) == (JobState.READY, 0)
    assert set(page.texts()) == set(ids), "the words that came are kept at once"
    platform_of(page).otherwise.clear()
    page.later(7_200)
    page.work()
    assert set(page.texts()) == set(ids)
    assert page.job("deliver").state is JobState.DONE
    assert [platform_of(page).asked_for(native_id) for native_id in ids] == [1, 2, 1]


def test_an_outage_uses_up_no_try_and_the_delivery_is_read_when_it_is_over(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words")
    pushed = graph_of(page).delivery(("add", one))
    page.server.faults = FaultScript(1, {Fault.BAD_GATEWAY: 1.0})
    push(page, pushed)
    for _ in range(12):
        page.later(1_000)
        page.work()
    assert page.job("deliver").state is JobState.READY
    page.server.faults = FaultScript()
    page.later(1_000)
    page.work()
    assert page.job("deliver").state is JobState.DONE
    assert page.texts() == {one: "Words"}


def test_an_access_that_has_ended_is_asked_once_and_told_of(page: Connected) -> None:
    ids = taken_in(page, 5)
    for native_id in ids:
        platform_of(page).otherwise[native_id] = DEAD
    tell(page, *(("edited", native_id) for native_id in ids))
    assert page.account().status is AccountStatus.AUTH_LOST
    assert sum(platform_of(page).asked_for(native_id) for native_id in ids) == 1
    assert page.job("deliver").state is JobState.DONE


def test_while_the_access_has_ended_the_words_are_kept_and_nothing_is_asked(
    page: Connected,
) -> None:
    one = page.server.comment(page.server.post(), "Words")
    page.server.lose_access()
    page.check()
    tell(page, ("add", one))
    assert page.texts() == {one: "Words"}
    assert platform_of(page).asked_for(one) == 0


def test_while_an_account_is_paused_a_delivery_is_put_by(page: Connected) -> None:
    admin = page.world.actor(Role.ADMINISTRATOR)
    with page.store.transaction() as session:
        accounts.pause(session, "page", reason="A quiet week", actor=admin, now=page.shop.now())
    tell(page, ("add", page.server.comment(page.server.post(), "Words")))
    assert page.texts() == {}
    assert page.job("deliver").state is JobState.DONE


def test_an_instagram_comment_and_an_answer_to_it_are_taken_in(instagram: Connected) -> None:
    post = instagram.server.post()
    one = instagram.server.comment(post, "A question")
    answer = instagram.server.comment(post, "An answer", parent=one)
    tell(instagram, ("add", one), ("add", answer))
    assert instagram.texts() == {one: "A question", answer: "An answer"}
    assert instagram.item(answer).parent_native_id == one
    assert instagram.item(one).post_id is not None


def mentioned(instagram: Connected) -> tuple[str, bytes]:
    """Return a mention below somebody else's post, and the delivery that tells of it."""
    server = instagram.server
    assert isinstance(server, InstagramStandIn)
    native_id = server.mention_in_comment(HIDDEN_WORDS)
    media = getattr(server.mentioned[native_id], "media", None)
    assert media is not None
    value = {"media_id": media.id, "comment_id": native_id}
    return native_id, body_of(instagram, {"field": "mentions", "value": value})


def test_a_mention_comes_in_with_its_words_and_never_without(instagram: Connected) -> None:
    native_id, body = mentioned(instagram)
    push(instagram, body)
    assert instagram.texts() == {native_id: HIDDEN_WORDS}
    assert kinds(instagram, native_id) == [VersionKind.CREATED]
    with instagram.store.reading() as session:
        assert "" not in session.scalars(select(ItemVersionRow.body)).all()


def test_a_mention_that_is_gone_before_it_was_looked_up_leaves_nothing_to_read(
    instagram: Connected,
) -> None:
    native_id, body = mentioned(instagram)
    instagram.server.remove(native_id)
    push(instagram, body)
    assert (instagram.texts(), quarantined(instagram)) == ({}, [])
    assert instagram.job("deliver").state is JobState.DONE


def test_a_mention_whose_words_are_refused_is_put_before_a_person(instagram: Connected) -> None:
    native_id, body = mentioned(instagram)
    graph_of(instagram).lose_permission("instagram_basic")
    push(instagram, body)
    assert instagram.texts() == {}
    [raw] = quarantined(instagram)
    assert json.loads(raw)["comment_id"] == native_id


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
