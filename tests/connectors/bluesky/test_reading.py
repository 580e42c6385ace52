"""A record reads the same wherever it was met, and poison stays alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.bluesky.reading import (
    address_of,
    comment_of,
    cursor_of,
    link_to,
    link_to_author,
    place_of,
)
from connectors.bluesky.threads import thread_of
from connectors.contract import Malformed
from connectors.reasons import Poison
from connectors.slices import Slice
from moderation.model import Author, Comment
from tests.connectors.bluesky.account import Account, comments, unreadable
from tests.standins.bluesky_world import did_of

GOLDEN = Path(__file__).parents[2] / "data" / "connectors" / "bluesky.json"
OURS = did_of("fire.example.org")
THEIRS = did_of("reader.example.com")
POST = f"at://{OURS}/app.bsky.feed.post/3kaaaaaaaaa2a"
ANSWER = f"at://{THEIRS}/app.bsky.feed.post/3kbbbbbbbbb2b"


def plain(comment: Comment) -> dict[str, Any]:
    """Return a comment as the golden file holds it."""
    return {
        "native_id": comment.native_id,
        "text": comment.text,
        "created_at": comment.created_at.isoformat() if comment.created_at else None,
        "author": comment.author
        and [comment.author.id, comment.author.handle, comment.author.name],
        "post": comment.post and [comment.post.id, comment.post.text, comment.post.url],
        "parent_id": comment.parent_id,
        "url": comment.url,
        "kind": comment.kind.value,
        "standing": comment.standing.value,
        "media": list(comment.media),
    }


@pytest.mark.parametrize("case", json.loads(GOLDEN.read_text()), ids=lambda case: case["name"])
def test_an_answer_of_the_platform_becomes_the_comment_of_the_golden_file(
    case: dict[str, Any],
) -> None:
    raw = json.dumps(case["answer"]).encode()
    assert plain(comment_of(Slice(raw).read(), raw, case["ours"])) == case["comment"]


@pytest.mark.parametrize(
    ("field", "raw", "reason"),
    [
        ("text", "5", "The text is not text."),
        ("text", '"' + "a" * 100_001 + '"', "The text is longer than"),
        ("more", "9" * 5_000, "more than 100 digits"),
        ("more", "[" * 100_000 + "]" * 100_000, "nested more than"),
        ("more", "NaN", "not finite"),
        ("more", '{"a":1,"a":2}', "stands twice"),
    ],
    ids=["number", "endless", "digits", "deep", "nan", "twice"],
)
@pytest.mark.parametrize("way", ["poll", "reread"])
def test_poison_spoils_no_neighbour(
    account: Account, way: str, field: str, raw: str, reason: str
) -> None:
    post = account.server.post()
    before = account.server.comment(post, "Before.")
    account.server.poison(post, field, raw)
    after = account.server.comment(post, "After.")
    pages = account.poll() if way == "poll" else account.reread()
    assert set(comments(pages)) == {before, after}
    [bad] = unreadable(pages)
    assert reason in bad.reason
    assert any(bad.raw in page.raw for page in pages)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "at://did:plc:short/app.bsky.feed.post/3k",
        f"at://{THEIRS}/app.bsky.feed.like/3kbbbbbbbbb2b",
        f"at://{THEIRS}/app.bsky.feed.post/../../x",
        f"at://{THEIRS}/app.bsky.feed.post/3k?x=<script>",
        f"{ANSWER}\n",
        f"https://bsky.app/{THEIRS}",
        ANSWER.replace("did:plc:", "did:plc:é"),
    ],
)
def test_what_is_no_posts_address_makes_no_link_and_no_comment(uri: str) -> None:
    assert address_of(uri) is None
    assert link_to(uri) == ""
    view = {"uri": uri, "record": {"text": "x"}}
    with pytest.raises(Poison):
        comment_of(view, b"{}", OURS)


def test_links_are_made_of_what_fits_a_strict_pattern() -> None:
    assert link_to(POST) == f"https://bsky.app/profile/{OURS}/post/3kaaaaaaaaa2a"
    assert link_to_author(THEIRS) == f"https://bsky.app/profile/{THEIRS}"
    assert link_to_author("did:plc:x<script>") == ""


@pytest.mark.parametrize(
    "author", [None, {}, [], {"did": 5}, {"did": "did:plc:someoneelse", "displayName": 5}], ids=str
)
def test_an_author_is_who_the_address_names_whatever_else_is_told(author: object) -> None:
    view = {"uri": ANSWER, "author": author, "record": {"text": "x"}}
    assert comment_of(view, b"{}", OURS).author == Author(THEIRS)


@pytest.mark.parametrize(
    "record",
    [None, [], {}, {"reply": 5}, {"reply": {"root": []}}, {"embed": {"record": {"uri": 5}}}],
    ids=str,
)
def test_a_record_of_an_odd_shape_stands_nowhere(record: Any) -> None:
    view = {"uri": ANSWER, "record": record}
    told = comment_of(view, b"{}", OURS)
    assert (told.post, told.parent_id, told.text) == (None, None, "")


def test_a_date_in_the_future_is_not_believed() -> None:
    record = {"text": "x", "createdAt": "2099-01-01T00:00:00.000Z"}
    view = {"uri": ANSWER, "record": record, "indexedAt": "2026-11-20T10:00:00.000Z"}
    at = comment_of(view, b"{}", OURS).created_at
    assert at is not None
    assert at.year == 2026


def test_a_quote_with_a_picture_is_a_quote() -> None:
    embed = {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": POST}}}
    assert place_of({"embed": embed}).quoted == POST


@pytest.mark.parametrize(
    "text", ["مرحبا", "a\u200bb", "👩🏽‍🚒", "<b>&amp;</b>", "'; DROP TABLE", "\x00"]
)
def test_odd_words_come_through_as_they_are(account: Account, text: str) -> None:
    post = account.server.post()
    uri = account.server.comment(post, text)
    assert comments(account.poll())[uri].text == text


@pytest.mark.parametrize(
    "body", [b'{"cursor":5}', b"{}", b'{"cursor":null}', b'{"cursor":"\\ud8"}']
)
def test_a_cursor_that_is_no_text_is_none(body: bytes) -> None:
    assert cursor_of(Slice(body)) == ""


def thread(depth: int) -> bytes:
    body = b'{"post":{"uri":"x"},"replies":[' * depth + b"]}" * depth
    return b'{"thread":' + body + b"}"


def test_a_thread_a_thousand_deep_is_cut_in_one_pass() -> None:
    found = thread_of(thread(1_000))
    assert len(found.nodes) == 1_000
    assert {node.post.raw for node in found.nodes if node.post} == {b'{"uri":"x"}'}


def test_a_thread_keeps_the_order_of_the_answer() -> None:
    body = b'{"thread":{"post":{"n":1},"replies":[{"post":{"n":2},"replies":[{"post":{"n":3}}]},'
    body += b'{"post":{"n":4},"replies":[]}]},"threadgate":{"record":{}}}'
    found = thread_of(body)
    assert [node.post.read()["n"] for node in found.nodes if node.post] == [1, 2, 3, 4]
    assert [node.cut for node in found.nodes] == [False, False, True, False]
    assert found.gate == Slice(b'{"record":{}}')


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"{",
        b'{"thread":',
        b'{"thread":{}',
        b'{"thread":{}]',
        b'"x',
        b"}{",
        b"<html>",
    ],
    ids=str,
)
def test_what_is_no_thread_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        thread_of(body)


@pytest.mark.parametrize("inside", [b"5", b'"x"', b"null", b"[]", b"[[],5]", b'{"replies":5}'])
def test_a_place_of_an_odd_shape_holds_no_post(inside: bytes) -> None:
    body = b'{"thread":{"post":{"n":1},"replies":[' + inside + b"]}}"
    nodes = thread_of(body).nodes
    assert nodes[0].post == Slice(b'{"n":1}')
    assert all(node.post is None for node in nodes[1:])
