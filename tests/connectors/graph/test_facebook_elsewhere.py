"""Visitors' posts, mentions and reviews are fetched each in its own way."""

from __future__ import annotations

import pytest

from connectors.contract import (
    Gone,
    Permanent,
)
from connectors.meta.facebook_page import FacebookPage
from moderation.model import ActionKind, How, ItemKind
from tests.standins.graph import FacebookStandIn, comments_of, ref_of

HIDE, UNHIDE, DELETE = ActionKind.HIDE, ActionKind.UNHIDE, ActionKind.DELETE


BLOCK, UNBLOCK, REPORT = ActionKind.BLOCK, ActionKind.UNBLOCK, ActionKind.REPORT


def test_a_visitors_post_can_be_hidden_deleted_and_fetched(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    native_id = page.visitor_post("Look at this queue!", author="Nell Example")
    (post,) = comments_of(facebook)
    ref = ref_of(post)
    assert facebook.capability(ref, HIDE).how is How.API
    facebook.act(ref, HIDE)
    assert facebook.read_back(ref, HIDE) is True
    assert facebook.fetch(ref).kind is ItemKind.VISITOR_POST
    facebook.act(ref, DELETE)
    assert page.things[native_id].gone


@pytest.mark.parametrize("feed", ["mentions", "reviews"])
def test_what_stands_elsewhere_is_fetched_from_its_list_and_not_touched(
    facebook: FacebookPage, page: FacebookStandIn, feed: str
) -> None:
    make = page.mention if feed == "mentions" else page.review
    for number in range(150):
        make(f"Number {number}")
    ref = ref_of(comments_of(facebook, feed)[0])
    assert facebook.fetch(ref).native_id == ref.native_id
    for action in (HIDE, UNHIDE, DELETE):
        assert facebook.capability(ref, action).how is How.NO
        with pytest.raises(Permanent):
            facebook.act(ref, action)
    assert facebook.capability(ref, BLOCK).how is How.API
    assert facebook.capability(ref, REPORT).how is How.BY_HAND
    page.remove(ref.native_id)
    with pytest.raises(Gone):
        facebook.fetch(ref)
