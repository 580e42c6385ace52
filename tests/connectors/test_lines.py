"""One record is read as it stands, or comes back with a reason; its neighbours never suffer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors import lines, reasons
from moderation import ingest
from moderation.characters import is_kept
from moderation.model import Author, Change, Comment, ItemKind, Post, Unreadable


def read(**fields: Any) -> Comment:
    found = lines.from_json(json.dumps({"id": "1", "text": "Nice one", **fields}).encode())
    assert isinstance(found, Comment), found.reason
    return found


def reason(raw: bytes) -> str:
    found = lines.from_json(raw)
    assert isinstance(found, Unreadable)
    assert found.raw == raw
    return found.reason


def test_a_full_record_is_read_in_all_its_parts() -> None:
    raw = json.dumps(
        {
            "id": 17,
            "text": "Thank you",
            "created_at": "2026-11-20T14:05:00Z",
            "author": {"id": 9, "handle": "@sheila", "name": "Sheila B"},
            "parent": "16",
            "post": {"id": "p1", "text": "We are hiring", "url": "https://social.example/p1"},
            "url": "https://social.example/17",
            "kind": "mention",
            "anything": ["else", {"is": "kept"}],
        }
    ).encode()
    assert lines.from_json(raw) == Comment(
        native_id="17",
        text="Thank you",
        raw=raw,
        created_at=datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
        author=Author("9", "sheila", "Sheila B"),
        post=Post("p1", "We are hiring", "https://social.example/p1"),
        parent_id="16",
        url="https://social.example/17",
        kind=ItemKind.MENTION,
    )


def test_id_and_text_are_enough() -> None:
    found = read()
    assert (found.author, found.post, found.parent_id, found.created_at) == (None,) * 4
    assert (found.kind, found.change) == (ItemKind.COMMENT, Change.PRESENT)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Sheila Bostock", Author("Sheila Bostock", "", "Sheila Bostock")),
        ("@sheila", Author("sheila", "sheila", "@sheila")),
        ("sheila", Author("sheila", "sheila", "sheila")),
        ({"handle": "@sheila"}, Author("sheila", "sheila", "")),
        ({"name": "Sheila"}, Author("Sheila", "", "Sheila")),
        ({"id": None, "handle": "", "name": None}, None),
        ("  ", None),
        (None, None),
    ],
    ids=["name", "at handle", "handle", "no id", "name alone", "withheld parts", "blank", "none"],
)
def test_an_author_is_read_or_withheld(author: Any, expected: Author | None) -> None:
    assert read(author=author).author == expected


def test_the_same_post_given_by_its_text_is_the_same_post() -> None:
    one, two = read(post="We are hiring today"), read(post="We are hiring today")
    assert one.post == two.post
    assert one.post is not None
    assert (one.post.text, one.post.id[:5]) == ("We are hiring today", "text-")


def test_a_post_without_spaces_is_an_id() -> None:
    assert read(post="fb-post-01").post == Post("fb-post-01")
    assert read(post={"url": "https://social.example"}).post is None


@pytest.mark.parametrize("kind", ["Post", "", None, 3], ids=str)
def test_an_unknown_kind_is_a_comment(kind: Any) -> None:
    assert read(kind=kind).kind is ItemKind.COMMENT


def test_what_has_a_parent_and_no_kind_is_a_reply() -> None:
    assert read(parent="16").kind is ItemKind.REPLY


def test_a_deletion_needs_no_text() -> None:
    found = lines.from_json(b'{"id": "1", "change": "deleted"}')
    assert isinstance(found, Comment)
    assert (found.change, found.text) == (Change.DELETED, "")


def test_an_edit_is_present_with_its_new_text() -> None:
    assert read(change="edited", text="Nicer").change is Change.PRESENT


def test_a_picture_without_words_is_taken_in() -> None:
    assert read(text="").text == ""


def test_text_is_kept_exactly() -> None:
    text = "  tab\tline\n\u202eright to left\u202c \U0001f525 e\u0301 \ufdfa "
    assert read(text=text).text == text


@pytest.mark.parametrize("text", ["a\0b", "\ud83d", "\udc00\ud800"], ids=ascii)
def test_what_is_no_character_is_kept_exactly(text: str) -> None:
    found = read(text=text, author={"name": text}, post=f"x {text}")
    assert found.author is not None
    assert found.post is not None
    assert (found.text, found.author.name, found.post.text) == (text, text, f"x {text}")
    assert is_kept(found.author.id + found.post.id)


def test_a_raw_nul_is_read_as_one() -> None:
    found = lines.from_json(b'{"id": "1", "text": "a\x00b"}')
    assert isinstance(found, Comment)
    assert found.text == "a\0b"


DEEP = b'{"id": "1", "text": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
POISON: list[tuple[str, bytes, str]] = [
    ("1 MB of text", b'{"id": "1", "text": "' + b"a" * 1_000_000 + b'"}', "100,000 characters"),
    ("id of 2^63", b'{"id": 9223372036854775808, "text": "a"}', reasons.ID_TOO_LARGE),
    ("id of 2^63 as text", b'{"id": "9223372036854775808", "text": "a"}', reasons.ID_TOO_LARGE),
    ("id below -2^63", b'{"id": -9223372036854775809, "text": "a"}', reasons.ID_TOO_LARGE),
    ("long id", b'{"id": "' + b"a" * 201 + b'", "text": "a"}', "200 characters"),
    ("empty id", b'{"id": " ", "text": "a"}', reasons.NO_ID),
    ("no id", b'{"text": "a"}', reasons.NO_ID),
    ("id is true", b'{"id": true, "text": "a"}', reasons.ID_NOT_TEXT),
    ("id is a fraction", b'{"id": 1.5, "text": "a"}', reasons.ID_NOT_TEXT),
    ("rounded id", b'{"id": "1.23457E+17", "text": "a"}', reasons.ID_ROUNDED),
    ("no text", b'{"id": "1"}', reasons.NO_TEXT),
    ("null text", b'{"id": "1", "text": null}', reasons.NO_TEXT),
    ("text is a list", b'{"id": "1", "text": ["a"]}', "not text"),
    ("nested 100,000 deep", DEEP, reasons.TOO_DEEP),
    ("nested 51 deep", b'{"id":1,"text":"x","m":' + b"[" * 50 + b"]" * 50 + b"}", reasons.TOO_DEEP),
    ("NaN", b'{"id": "1", "text": "a", "n": NaN}', reasons.NOT_FINITE),
    ("Infinity", b'{"id": "1", "text": "a", "n": -Infinity}', reasons.NOT_FINITE),
    ("1e999", b'{"id": "1", "text": "a", "n": 1e999}', reasons.NOT_FINITE),
    ("5,000 digits", b'{"id": ' + b"9" * 5000 + b', "text": "a"}', reasons.TOO_MANY_DIGITS),
    ("a list", b'["id", "text"]', reasons.NOT_AN_OBJECT),
    ("a number", b"17", reasons.NOT_AN_OBJECT),
    ("cut off", b'{"id": "1", "text": "a', reasons.NOT_JSON),
    ("two objects", b'{"id": "1", "text": "a"} {}', reasons.NOT_JSON),
    ("a key twice", b'{"id": "1", "text": "a", "text": "b"}', reasons.KEY_TWICE),
    ("a key twice inside", b'{"id": 1, "text": "a", "m": {"a": 1, "a": 2}}', reasons.KEY_TWICE),
    ("invalid UTF-8", b'{"id": "1", "text": "caf\xe9"}', reasons.NOT_UTF8),
    ("UTF-8 surrogate", b'{"id": "1", "text": "\xed\xa0\x80"}', reasons.NOT_UTF8),
    ("media", b'{"id": "1", "text": "a", "media": {"url": "x"}}', reasons.MEDIA_NOT_ADDRESSES),
    ("a picture", b'{"id": "1", "text": "a", "media": [7]}', reasons.MEDIA_NOT_ADDRESSES),
    ("unknown change", b'{"id": "1", "text": "a", "change": "moved"}', reasons.UNKNOWN_CHANGE),
]


@pytest.mark.parametrize(("raw", "says"), [row[1:] for row in POISON], ids=[p[0] for p in POISON])
def test_poison_comes_back_whole_with_its_reason(raw: bytes, says: str) -> None:
    assert says in reason(raw)


def test_fifty_levels_are_still_read() -> None:
    raw = b'{"id": "1", "text": "x", "m": ' + b"[" * 49 + b"]" * 49 + b"}"
    assert isinstance(lines.from_json(raw), Comment)


def test_brackets_inside_a_text_are_no_nesting() -> None:
    assert read(text="[" * 5_000).text == "[" * 5_000


@pytest.mark.parametrize("number", [2**63 - 1, -(2**63)], ids=str)
def test_the_largest_ids_are_read(number: int) -> None:
    assert read(id=number).native_id == str(number)


def test_a_row_is_read_by_its_header() -> None:
    found = lines.from_row(("text", "id"), ("Nice", "7"), b"Nice,7")
    assert isinstance(found, Comment)
    assert (found.native_id, found.text, found.raw) == ("7", "Nice", b"Nice,7")


def test_a_row_with_another_width_than_the_header_is_no_comment() -> None:
    found = lines.from_row(("id", "text"), ("7", "Nice", "one"), b"7,Nice,one")
    assert found == Unreadable(b"7,Nice,one", reasons.WRONG_WIDTH)


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = plain | st.lists(plain, max_size=3) | st.dictionaries(st.text(), plain, max_size=3)
fields = st.sampled_from(
    ["id", "text", "created_at", "author", "parent", "post", "url", "kind", "change"]
)


@given(st.dictionaries(fields, json_values))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_stands_in_the_fields_a_comment_can_be_stored(record: dict[str, Any]) -> None:
    found = lines.from_json(json.dumps(record).encode())
    assert isinstance(found, Unreadable) or ingest.fault(found) == ""


@given(st.binary(max_size=200))
def test_whatever_the_bytes_nothing_is_raised(raw: bytes) -> None:
    assert lines.from_json(raw).raw == raw


@pytest.mark.parametrize(
    "media",
    [
        '["https://a.example/1.jpg", "https://a.example/2.mp4"]',
        '"https://a.example/1.jpg  https://a.example/2.mp4"',
    ],
)
def test_pictures_come_as_a_list_or_with_spaces_between(media: str) -> None:
    found = lines.from_json(f'{{"id": "1", "text": "", "media": {media}}}'.encode())
    assert isinstance(found, Comment)
    assert found.media == ("https://a.example/1.jpg", "https://a.example/2.mp4")
