"""What a Facebook Page shows is brought as it is, and poison spoils nothing beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.meta.facebook_page import FacebookPage
from moderation.model import ItemKind, Standing, Unreadable
from tests.connectors.graph.oddities import ODD, POISON
from tests.connectors.graph.rounds import comments, ids, pages, settled
from tests.standins.graph import FacebookStandIn, ref_of


def test_a_visitors_post_is_an_item_and_so_are_the_comments_below_it(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    own = page.post("Our own post")
    posted = page.visitor_post("Look at this queue!", author="Nell Example")
    withheld = page.visitor_post("Nobody knows who wrote this", author=None)
    below = page.comment(posted, "Disgraceful")
    found = {one.native_id: one for one in comments(pages(facebook, None))}
    assert set(found) == {posted, withheld, below}
    assert own not in found
    assert found[posted].kind is ItemKind.VISITOR_POST
    assert found[posted].author is not None
    assert found[withheld].author is None
    under = found[below].post
    assert under is not None
    assert under.text == "Look at this queue!"


def test_a_visitors_post_comes_again_only_when_it_changed(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    posted = page.visitor_post("Look!")
    cursor = settled(facebook, page)
    assert ids(pages(facebook, cursor)) == set()
    page.comment(posted, "Look where?")
    assert posted in ids(pages(facebook, cursor))


def test_mentions_and_reviews_come_by_their_own_feeds(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    mention = page.mention("Ask Northmoor Fire and Rescue.", author="Ivo Example")
    review = page.review("Never came.", author="Nell Example")
    silent = page.review("", negative=True)
    nameless = page.review("From long ago", story=False, author=None)
    (mentioned,) = comments(pages(facebook, None, "mentions"))
    reviews = comments(pages(facebook, None, "reviews"))
    assert (mentioned.native_id, mentioned.kind) == (mention, ItemKind.MENTION)
    assert {review, silent} < {one.native_id for one in reviews}
    assert nameless not in {one.native_id for one in reviews}
    assert all(one.kind is ItemKind.REVIEW for one in reviews)
    assert {one.text for one in reviews} == {"Never came.", "From long ago", ""}
    assert ids(pages(facebook, None)) == set()


def test_an_answer_names_what_it_answers(facebook: FacebookPage, page: FacebookStandIn) -> None:
    post = page.post("Open day")
    top = page.comment(post, "When?")
    answer = page.comment(post, "On Saturday", parent=top, author=None)
    found = {one.native_id: one for one in comments(pages(facebook, None))}
    assert (found[top].kind, found[top].parent_id) == (ItemKind.COMMENT, None)
    assert (found[answer].kind, found[answer].parent_id) == (ItemKind.REPLY, top)
    assert found[answer].author is None
    assert found[top].standing is Standing.VISIBLE
    assert found[top].url.startswith("https://www.facebook.com/")


@pytest.mark.parametrize("what", ODD)
def test_odd_content_is_brought_as_it_is(
    facebook: FacebookPage, page: FacebookStandIn, what: str
) -> None:
    page.comment(page.post(), ODD[what])
    (found,) = comments(pages(facebook, None))
    assert found.text == ODD[what]


def test_a_picture_is_named_and_not_fetched(facebook: FacebookPage, page: FacebookStandIn) -> None:
    native_id = page.comment(page.post(), "")
    page.things[native_id].more["picture"] = "https://scontent.example/1.jpg"
    (found,) = comments(pages(facebook, None))
    assert found.media == ("https://scontent.example/1.jpg",)


@pytest.mark.parametrize("what", POISON)
def test_poison_spoils_nothing_beside_it(
    facebook: FacebookPage, page: FacebookStandIn, what: str
) -> None:
    post = page.post()
    written = {page.comment(post, f"Comment {number}") for number in range(150)}
    page.splice(page.comment(post, "Poison"), POISON[what])
    brought = pages(facebook, None)
    bad = [one for page in brought for one in page.records if isinstance(one, Unreadable)]
    assert ids(brought) == written
    assert [one.raw for one in bad] == [POISON[what]]
    assert bad[0].reason.endswith(".")


def test_a_poisoned_post_comes_once_and_hides_no_other(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    page.splice(page.visitor_post("Poison"), POISON["no id"])
    kept = page.comment(page.post(), "Below another post")
    brought = pages(facebook, None)
    assert kept in ids(brought)
    assert sum(isinstance(one, Unreadable) for one in brought[0].records) == 1
    assert facebook.poll("comments", brought[-1].cursor).records == ()


def test_an_author_whose_name_changes_keeps_the_id(
    facebook: FacebookPage, page: FacebookStandIn
) -> None:
    native_id = page.comment(page.post(), "Hello", author="Nell Example")
    (before,) = comments(pages(facebook, None))
    author = page.things[native_id].author
    assert author is not None
    author.name = "Nell Sample"
    after = facebook.fetch(ref_of(before))
    assert before.author is not None
    assert after.author == replace(before.author, name="Nell Sample")
