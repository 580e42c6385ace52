"""What can be done about an item is said from what is held of it, honestly and with the way."""

from __future__ import annotations

import json

import pytest

from connectors.meta.facebook_doing import capability as on_facebook
from connectors.meta.facebook_page import FacebookPage
from connectors.meta.instagram import Instagram
from connectors.meta.instagram_doing import capability as on_instagram
from moderation.model import ActionKind, How, ItemRef

PAGE = "104857600123456"
LINK = "https://www.facebook.com/104857600123456/posts/1/?comment_id=2"
COMMENT = {"id": "1_2", "can_hide": True, "can_remove": True, "comment_count": 0}
HIDE, UNHIDE, DELETE = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE
BLOCK, UNBLOCK, REPORT = ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.REPORT


def ref(told: object, author: str | None = "77", url: str = LINK) -> ItemRef:
    return ItemRef("1_2", url, author, "104857600123456_1", json.dumps(told).encode())


FACEBOOK = {
    "a comment, to hide": (ref(COMMENT), HIDE, How.API, "author and their friends"),
    "a comment, to show": (ref(COMMENT), UNHIDE, How.API, ""),
    "a comment, to delete": (ref(COMMENT), DELETE, How.API, "This is final"),
    "a known author, to ban": (ref(COMMENT), BLOCK, How.API, "bans the person"),
    "a known author, to let in": (ref(COMMENT), UNBLOCK, How.API, ""),
    "an unknown author": (ref(COMMENT, None), BLOCK, How.BY_HAND, "does not tell us who"),
    "an unknown author, to let in": (ref(COMMENT, None), UNBLOCK, How.BY_HAND, "does not tell"),
    "our own comment": (ref(COMMENT, PAGE), BLOCK, How.NO, "by the Page itself"),
    "a report": (ref(COMMENT), REPORT, How.BY_HAND, "takes no reports from programs"),
    "not to be hidden": (ref({**COMMENT, "can_hide": False}), HIDE, How.NO, "cannot be hidden"),
    "not to be deleted": (ref({**COMMENT, "can_remove": False}), DELETE, How.NO, "be deleted"),
    "a mention": (ref({"id": "9_1", "message": "x"}), HIDE, How.NO, "somebody else's page"),
    "a review": (ref({"has_review": True}), DELETE, How.NO, "lets nobody hide or delete a review"),
    "a visitor's post": (ref({"id": "1_2", "comments": {}}), HIDE, How.API, "their friends"),
    "nothing at hand": (ItemRef("1_2", author_id="77"), HIDE, How.API, "their friends"),
    "bytes that are none": (ItemRef("1_2", raw=b"\xff{"), HIDE, How.API, "their friends"),
}


@pytest.mark.parametrize("what", FACEBOOK)
def test_each_situation_on_facebook_has_its_sentence(what: str) -> None:
    item, action, how, says = FACEBOOK[what]
    told = on_facebook(item, action, PAGE)
    assert told.how is how
    assert says in told.says
    assert not told.says or told.says.endswith(".")
    assert bool(told.steps) is (how is How.BY_HAND)
    assert all(step.endswith(".") for step in told.steps)


TOLD = {"id": "179", "hidden": False, "username": "ivo.example"}
POST = "https://www.instagram.com/p/Cabcdef123/"
INSTAGRAM = {
    "a comment, to hide": (ref(TOLD), HIDE, How.API, "Nobody can answer a hidden comment"),
    "a comment, to show": (ref(TOLD), UNHIDE, How.API, ""),
    "a comment, to delete": (ref(TOLD), DELETE, How.API, "This is final"),
    "an author, to block": (ref(TOLD), BLOCK, How.BY_HAND, "lets no program block"),
    "an author, to let in": (ref(TOLD), UNBLOCK, How.BY_HAND, "lets no program block"),
    "an unknown author": (ref({"id": "1"}, None, POST), BLOCK, How.BY_HAND, "lets no program"),
    "a report": (ref(TOLD), REPORT, How.BY_HAND, "takes no reports from programs"),
    "a tagged post": (ref({"media_type": "IMAGE"}), HIDE, How.NO, "somebody else's post"),
    "a mention pushed to us": (ref({"media_id": "1"}), DELETE, How.NO, "somebody else's post"),
    "nothing at hand": (ItemRef("179"), HIDE, How.API, "Nobody can answer"),
}


@pytest.mark.parametrize("what", INSTAGRAM)
def test_each_situation_on_instagram_has_its_sentence(what: str) -> None:
    item, action, how, says = INSTAGRAM[what]
    told = on_instagram(item, action)
    assert told.how is how
    assert says in told.says
    assert not told.says or told.says.endswith(".")
    assert bool(told.steps) is (how is How.BY_HAND)


WRONG_LINKS = [
    "http://www.facebook.com/1",
    "https://facebook.com.example.org/1",
    "https://www.facebook.com@example.org/1",
    "https://www.facebook.com/1#@example.org",
    'https://www.facebook.com/1"><script>',
    "https://www.facebook.com/1\nx",
    "javascript:alert(1)",
    "https://l.facebook.com/l.php",
    "",
]


@pytest.mark.parametrize("url", WRONG_LINKS)
def test_a_link_that_does_not_surely_lead_to_the_platform_is_left_out(url: str) -> None:
    assert on_facebook(ref(COMMENT, url=url), REPORT, PAGE).link == ""
    assert on_instagram(ref({"id": "1"}, None, url), REPORT).link == ""


def test_links_lead_to_the_item_and_to_the_author() -> None:
    assert on_facebook(ref(COMMENT), REPORT, PAGE).link == LINK
    assert on_instagram(ref(TOLD, url=POST), REPORT).link == POST
    assert on_instagram(ref(TOLD), BLOCK).link == "https://www.instagram.com/ivo.example/"


@pytest.mark.parametrize("name", ["../x", "a" * 31, "ü", "a b", "", 7, {"x": 1}])
def test_a_name_that_is_none_makes_no_link(name: object) -> None:
    told = on_instagram(ref({**TOLD, "username": name}, None, ""), BLOCK)
    assert (told.how, told.link) == (How.BY_HAND, "")


def test_nothing_is_asked_to_say_what_can_be_done(
    facebook: FacebookPage, instagram: Instagram, page: object, account: object
) -> None:
    for action in ActionKind:
        facebook.capability(ref(COMMENT), action)
        instagram.capability(ref(TOLD), action)
    assert page.journal == account.journal == []  # type: ignore[attr-defined]
