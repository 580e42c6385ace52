"""What platforms tell differently is told alike: answers, authors, posts and counts."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.accounts import usage
from moderation.tables import AccountRow, ItemRow, PostRow
from tests.review_ui.world import HOME, World

UNKNOWN_PARENT = "It answers a comment that we do not hold"


def shown(world: World, item_id: int) -> str:
    return world.browser("dana").get(f"/items/{item_id}").text


def test_an_answer_to_our_own_post_is_not_said_to_answer_a_comment(small_world: World) -> None:
    item_id = small_world.item(post="Our new engine", parent_native_id="elsewhere")
    assert UNKNOWN_PARENT in shown(small_world, item_id)
    with small_world.store.transaction() as session:
        item = session.get_one(ItemRow, item_id)
        item.parent_native_id = session.get_one(PostRow, item.post_id).native_id
    assert UNKNOWN_PARENT not in shown(small_world, item_id)


def test_a_post_whose_words_a_platform_does_not_tell_shows_its_address(small_world: World) -> None:
    item_id = small_world.item(post="Our new engine")
    with small_world.store.transaction() as session:
        post = session.get_one(PostRow, session.get_one(ItemRow, item_id).post_id)
        post.body, post.url = "", "https://video.example/watch?v=1"
    page = shown(small_world, item_id)
    assert "The platform gave us none of its words." in page
    assert "https://video.example/watch?v=1" in page


@pytest.mark.parametrize(
    ("name", "handle", "twice"),
    [("@Hex_Hammer", "hex_hammer", False), ("Hex Hammer", "hex_hammer", True)],
    ids=["the name is the handle", "another name"],
)
def test_an_author_whose_name_is_the_handle_is_named_once(
    small_world: World, name: str, handle: str, twice: bool
) -> None:
    item_id = small_world.item(author_name=name, author_handle=handle)
    page = shown(small_world, item_id)
    assert name in page
    assert (f"({handle})" in page.replace("<bdi>", "").replace("</bdi>", "")) is twice


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(10, "every 10 seconds"), (60, "every minute"), (300, "every 5 minutes")],
)
def test_an_account_says_how_often_it_is_looked_at(
    small_world: World, seconds: int, said: str
) -> None:
    with small_world.store.transaction() as session:
        _account(small_world, session).poll_every_s = seconds
    assert f"looked at {said}<" in small_world.browser("dana").get("/accounts").text


@pytest.mark.parametrize(
    ("platform", "said"), [("x", ">1,234.50<"), ("youtube", ">1,234<")], ids=["money", "units"]
)
def test_what_a_platform_counts_is_written_as_money_or_as_units(
    small_world: World, platform: str, said: str
) -> None:
    now = small_world.store.now()
    with small_world.store.transaction() as session:
        account = _account(small_world, session)
        account.platform = platform
        usage.spend(session, account.id, "now", 1234.5, ceiling=9999.0, now=now)
    assert said in small_world.browser("dana").get("/accounts").text


def _account(world: World, session: Session) -> AccountRow:
    return session.scalars(select(AccountRow).where(AccountRow.org_id == HOME)).one()
