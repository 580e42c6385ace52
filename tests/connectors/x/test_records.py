"""What X's posts become: in both spellings, cut or long, with and without their authors."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors.x.records import comments_of, newest
from moderation.model import Author, Comment, ItemKind
from tests.connectors.golden import fields_of
from tests.connectors.x.account import answer, bad, comments, connected, walk, whole_round
from tests.standins.base import Answer
from tests.standins.x import XStandIn

GOLDEN = Path(__file__).parents[2] / "data" / "connectors" / "x.json"
LONG = "@exampleshire " + "liars " * 100


def golden() -> list[dict[str, Any]]:
    """Return answers of X with the comments that they become."""
    return list(json.loads(GOLDEN.read_text()))


def as_told(comment: Comment) -> dict[str, Any]:
    """Return a comment as the golden file holds it."""
    return {**fields_of(comment), "raw": comment.raw.decode()}


@pytest.mark.parametrize("case", golden(), ids=lambda case: case["name"])
def test_an_answer_becomes_the_comments_of_the_golden_file(case: dict[str, Any]) -> None:
    found = comments_of(answer(case["answer"].encode()), "1")
    told = [as_told(one) for one in found if isinstance(one, Comment)]
    assert told == case["comments"]
    assert len(found) == len(told)


@pytest.mark.parametrize("spelling", ["tweet", "post"])
def test_either_spelling_is_asked_for_and_read(spelling: str, x: XStandIn, tmp_path: Path) -> None:
    x.spellings = {spelling}
    at = x.clock.now() - timedelta(hours=1)
    post = x.post("Our open day", at=at)
    reply = x.comment(post, LONG, at=at + timedelta(minutes=1))
    x.edit(reply, LONG + "!")
    x.clock.advance(120)
    connector = connected(x, tmp_path, spelling=spelling)
    for pages in (walk(connector), whole_round(connector, x)):
        (found, *_) = comments(pages)
        assert (found.native_id, found.text) == (reply, LONG + "!")
        assert found.kind is ItemKind.COMMENT
        assert found.post is not None
        assert (found.post.id, found.post.text) == (post, "Our open day")
        assert f"note_{spelling}".encode() in found.raw


def test_an_answer_in_the_other_spelling_than_was_asked_for_is_read() -> None:
    old = json.dumps(golden()[0]["answer"])
    new = old.replace("_tweet", "_post")
    both = [comments_of(answer(json.loads(text).encode()), "1") for text in (old, new)]
    plain = [
        [(one.native_id, one.text, one.kind, one.post) for one in found if isinstance(one, Comment)]
        for found in both
    ]
    assert old != new
    assert plain[0] == plain[1] != []


def test_an_author_who_does_not_come_along_is_an_id_alone(x: XStandIn, tmp_path: Path) -> None:
    post = x.post()
    x.comment(post, "Who am I?", author=None)
    x.comment(post, "I am Sam", author="sam")
    first, second = comments(walk(connected(x, tmp_path)))
    assert first.author == Author(x.world.users["withheld"])
    assert first.url == f"https://x.com/i/status/{first.native_id}"
    assert second.author == Author(x.world.users["sam"], "sam", "Sam")
    assert second.url == f"https://x.com/sam/status/{second.native_id}"


def test_a_post_without_an_author_at_all_has_none(x: XStandIn, tmp_path: Path) -> None:
    x.poison(b'{"id":"17","text":"@exampleshire"}')
    (found,) = comments(walk(connected(x, tmp_path)))
    assert found.author is None


def test_an_author_who_cannot_be_read_spoils_nobody() -> None:
    body = {
        "data": [
            {"id": "5", "text": "one", "author_id": "7"},
            {"id": "6", "text": "two", "author_id": "8"},
        ],
        "includes": {"users": [{"id": "7", "username": 9, "name": ["x"]}, 3, None]},
    }
    found = comments_of(answer(Answer(body).bytes()), "1")
    authors = {one.author for one in found if isinstance(one, Comment)}
    assert authors == {Author("7"), Author("8")}


@pytest.mark.parametrize("above", [{"text": 7}, {"text": "x" * 200_000}, {"author_id": "1" * 300}])
def test_a_post_above_that_cannot_be_read_spoils_no_reply(above: dict[str, Any]) -> None:
    reply = {
        "id": "20",
        "text": "@brand",
        "conversation_id": "5",
        "referenced_tweets": [{"type": "replied_to", "id": "5"}],
    }
    body = {"data": [reply], "includes": {"tweets": [{"id": "5", **above}]}}
    (found,) = comments_of(answer(Answer(body).bytes()), "1")
    assert isinstance(found, Comment)
    assert found.post is not None


def test_a_page_holds_x_s_answer_and_each_record_its_own_bytes(x: XStandIn, tmp_path: Path) -> None:
    post = x.post()
    x.comment(post, "“Nice” — 👍🏽 \u202etxet\u202c", author="sam")
    (page,) = walk(connected(x, tmp_path))
    (found,) = comments([page])
    assert found.raw in page.raw
    assert b'"username": "sam"' in page.raw
    assert b"username" not in found.raw
    assert json.loads(found.raw)["text"] == found.text


@pytest.mark.parametrize(
    "text",
    ["", "a" * 10_000, "<script>alert(1)</script>", "a\u200bb", "👩🏾‍🚒", "{{ drop }}", "\ud83d"],
    ids=["none", "long", "markup", "invisible", "emoji", "braces", "half a character"],
)
def test_odd_texts_come_as_they_were_written(text: str, x: XStandIn, tmp_path: Path) -> None:
    x.mention(text)
    pages = walk(connected(x, tmp_path))
    found = list(comments(pages))
    assert [one.text for one in found] == [text] or bad(pages)


def test_pictures_come_as_addresses(x: XStandIn, tmp_path: Path) -> None:
    mention = x.mention("")
    x.world.posts[int(mention)].picture = True
    (found,) = comments(walk(connected(x, tmp_path)))
    assert found.media == (f"https://x.com/i/status/{mention}/photo/1",)


def test_a_reply_in_somebody_elses_conversation_is_a_mention_below_no_post(
    x: XStandIn, tmp_path: Path
) -> None:
    foreign = x.foreign()
    x.comment(foreign, "@exampleshire look", names_us=True)
    (found,) = comments(walk(connected(x, tmp_path)))
    assert (found.kind, found.post) == (ItemKind.MENTION, None)


def test_a_quote_of_another_account_that_names_us_stands_below_no_post(
    x: XStandIn, tmp_path: Path
) -> None:
    foreign = x.foreign()
    quote = x.quote(foreign, "@exampleshire look")
    x.world.posts[int(quote)].names_us = True
    x.world.mentions.append(int(quote))
    (found,) = comments(walk(connected(x, tmp_path)))
    assert (found.kind, found.post) == (ItemKind.QUOTE, None)


@pytest.mark.parametrize(
    "given",
    [
        {"referenced_tweets": "x"},
        {"referenced_tweets": [7, None, {"type": 5}]},
        {"edit_history_tweet_ids": ["x", 7]},
        {"edit_history_tweet_ids": ["99"]},
        {"entities": {"urls": [7, {"media_key": "3", "expanded_url": "javascript:1"}]}},
        {"conversation_id": []},
        {"conversation_id": "5" * 300, "referenced_tweets": [{"type": "quoted", "id": "5" * 300}]},
        {"created_at": "yesterday"},
        {"note_tweet": "x"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_a_field_of_another_shape_spoils_no_post(given: dict[str, Any]) -> None:
    post = {"id": "20", "text": "@brand", "author_id": "7", **given}
    (found,) = comments_of(answer(Answer({"data": [post]}).bytes()), "1")
    assert isinstance(found, Comment)
    assert (found.native_id, found.text, found.media) == ("20", "@brand", ())


def test_the_newest_id_is_the_highest_number() -> None:
    assert newest(["9", "10", "x", "", "0" * 30]) == "10"
    assert newest([]) == ""
