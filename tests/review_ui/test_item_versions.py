"""What became of an item's words: edits side by side, what hides in them, and who took it down."""

from __future__ import annotations

from moderation.model import Standing
from moderation.tables import VersionKind
from tests.review_ui.evidence_tools import edited, seal, text_of
from tests.review_ui.world import World

FIRST, SECOND, THIRD = "You useless clown", "You lovely clown", "You lovely <b>person</b>"


def _edited_twice(world: World) -> int:
    item_id = world.item(words=FIRST)
    edited(world, item_id, SECOND)
    edited(world, item_id, THIRD)
    return item_id


def _bare(page: str) -> str:
    return page.replace("<bdi>", "").replace("</bdi>", "")


def test_the_latest_edit_stands_side_by_side_with_its_words_marked(world: World) -> None:
    item_id = world.item(words=FIRST)
    edited(world, item_id, SECOND)
    page = _bare(text_of(world.browser("lee"), f"/items/{item_id}"))
    assert "compare 2 versions" in page
    assert "Version 2, the later one" in page
    assert '[removed: </span>useless <span class="govuk-visually-hidden">]</span></del>' in page
    assert '[added: </span>lovely <span class="govuk-visually-hidden">]</span></ins>' in page


def test_any_two_versions_can_be_compared_and_say_which_evidence_they_have(world: World) -> None:
    item_id = _edited_twice(world)
    row = seal(world, item_id)
    browser = world.browser("lee")
    page = _bare(text_of(browser, f"/items/{item_id}/compare"))
    assert "[removed: </span>clown" in page
    assert "[added: </span>&lt;b&gt;person&lt;/b&gt;" in page
    assert f"{row.ref}, captured" in page
    assert "no record of its own" in page
    page = _bare(text_of(browser, f"/items/{item_id}/compare?from=1&to=2"))
    assert "[removed: </span>useless" in page
    assert 'value="2" selected' in page
    same = text_of(browser, f"/items/{item_id}/compare?from=2&to=2")
    assert "Both say the same." in same


def test_a_version_that_there_is_not_is_as_missing(small_world: World) -> None:
    item_id = _edited_twice(small_world)
    edited(small_world, item_id, "", VersionKind.DELETED)
    browser = small_world.browser("lee")
    for query in ("from=9", "to=9", "from=4", "to=4"):
        assert browser.get(f"/items/{item_id}/compare?{query}").status_code == 404
    assert browser.get(f"/items/{item_id}/compare?from=one").status_code == 400


def test_an_item_that_was_never_edited_compares_with_itself(small_world: World) -> None:
    item_id = small_world.item()
    browser = small_world.browser("lee")
    assert "compare" not in browser.get(f"/items/{item_id}").text
    assert "Both say the same." in text_of(browser, f"/items/{item_id}/compare")


def test_the_evidence_of_an_item_that_is_gone_is_still_shown(small_world: World) -> None:
    item_id = small_world.item(words=FIRST)
    row = seal(small_world, item_id)
    edited(small_world, item_id, "", VersionKind.DELETED)
    page = text_of(small_world.browser("lee"), f"/items/{item_id}")
    assert f"{row.ref}: <strong>Captured</strong>" in page
    assert FIRST in page


def test_who_removed_an_item_is_said_or_said_to_be_unknown(small_world: World) -> None:
    now = small_world.store.now()
    unknown = small_world.item(gone_at=now)
    ours = small_world.item(gone_at=now, gone_by=f"user:{small_world.user_id('dana')}")
    author = small_world.item(gone_at=now, gone_by="author")
    platform = small_world.item(gone_at=now, gone_by="platform")
    hidden = small_world.item(standing=Standing.HIDDEN)
    held = small_world.item(standing=Standing.HELD)
    browser = small_world.browser("lee")
    for item_id, says in (
        (unknown, "The platform does not say which, so we cannot tell."),
        (ours, "removed by us (Dana Price)"),
        (author, "removed by its author, or by the server that holds the author's account."),
        (platform, "removed by the platform."),
        (hidden, "Hidden on the platform, and not from here"),
        (held, "Held back by the platform: the public does not see it."),
    ):
        assert says in text_of(browser, f"/items/{item_id}"), says
    assert "It is gone from the platform already." in text_of(browser, f"/items/{unknown}")


def test_what_hides_or_imitates_is_spelt_out_and_a_plain_text_is_left_alone(
    small_world: World,
) -> None:
    tricky = small_world.item(words="pay\u200bpal \u202esee p\u0430ypal")
    page = text_of(small_world.browser("lee"), f"/items/{tricky}")
    for part in ("pay[U+200B]pal [U+202E]see", "zero-width space", "Latin and Cyrillic"):
        assert part in page, part
    plain = small_world.item(words="Nice one, na\u00efve fran\u00e7ais \U0001f525")
    assert "Revealed:" not in small_world.browser("lee").get(f"/items/{plain}").text
