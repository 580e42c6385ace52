"""The item page: not to be asked again about the same words, and both versions after an edit."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from moderation.tables import IngestPageRow, ItemRow, ItemVersionRow, SettledTextRow, VersionKind
from moderation.taxonomy import Abuse
from tests.review_ui.world import Browser, World

OFFER = "Do not ask again about the same words"
ASKS_NO_MORE = "People are not asked again about these words"


def not_abuse(world: World, browser: Browser, item_id: int, **more: Any) -> int:
    form = {
        "outcome": "not_abuse",
        "not_abuse": "satire_or_humour",
        "reason": "",
        "revision": str(world.read(ItemRow, item_id).revision),
        "form_id": world.form_id(),
        **more,
    }
    return browser.post(f"/items/{item_id}/decide", form).status_code


def edit(world: World, item_id: int, words: str) -> None:
    """Let the words of an item be others now."""
    now = world.store.now()
    with world.store.transaction() as session:
        page_id = session.scalars(select(IngestPageRow.id)).first()
        session.add(
            ItemVersionRow(
                item_id=item_id,
                seq=2,
                kind=VersionKind.EDITED,
                sha256=hashlib.sha256(words.encode()).hexdigest(),
                seen_at=now + timedelta(seconds=1),
                page_id=page_id,
                body=words,
                raw=words.encode(),
            )
        )
        session.execute(update(ItemRow).where(ItemRow.id == item_id).values(version=2))


def test_a_reviewer_asks_not_to_be_asked_again_and_takes_it_back(world: World) -> None:
    item_id = world.item(post="Our open day", words="Here come the water fairies")
    dana = world.browser("dana")
    assert OFFER in dana.get(f"/items/{item_id}").text
    assert not_abuse(world, dana, item_id, ask_no_more="yes") == 303
    page = dana.get(f"/items/{item_id}").text
    assert ASKS_NO_MORE in page
    assert "asked not to be asked again about the author’s same words" in page
    assert dana.post(f"/items/{item_id}/ask-again").status_code == 303
    assert ASKS_NO_MORE not in dana.get(f"/items/{item_id}").text
    assert world.read(SettledTextRow, 1).ended_by == world.user_id("dana")


def test_it_is_not_offered_for_threats_check_first_or_an_unknown_author(
    small_world: World,
) -> None:
    dana = small_world.browser("dana")
    for more in (
        {"category": Abuse.MENACE},
        {"check_first": ("welfare_concern",)},
        {"urgent": True},
        {"author_ref": None},
        {"post": ""},
    ):
        item_id = small_world.item(**{"post": "Our open day", **more})
        assert OFFER not in dana.get(f"/items/{item_id}").text
        assert not_abuse(small_world, dana, item_id, ask_no_more="yes") == 400


def test_after_an_edit_both_versions_are_in_view(small_world: World) -> None:
    item_id = small_world.item(words="Here come the water fairies")
    dana = small_world.browser("dana")
    not_abuse(small_world, dana, item_id)
    assert "edited since somebody decided" not in dana.get(f"/items/{item_id}").text
    edit(small_world, item_id, "Dana is a useless clown")
    page = dana.get(f"/items/{item_id}").text
    assert "As it is now, edited since somebody decided" in page
    assert "As it was when it was decided: not abuse" in page
    before = page.split("As it was when it was decided")[1].split("It was edited")[0]
    assert "Here come the water fairies" in before
