"""Each record of a page becomes a comment as delivered, or is set aside without its neighbours."""

from __future__ import annotations

import pytest

from moderation.model import Unreadable
from tests.connectors.youtube.helping import Channel, comments, ids


def test_a_withheld_author_is_none_and_a_given_one_is_as_delivered(channel: Channel) -> None:
    channel.write(author=None)
    channel.write(author="dot_cotton_fan")
    by = [one.author for one in comments(channel.poll())]
    assert by[0] is None
    assert by[1] is not None
    assert (by[1].id, by[1].handle, by[1].name) == (
        "UC-dot_cotton_fan",
        "dot_cotton_fan",
        "@dot_cotton_fan",
    )


POISON = [
    b'{"id": "x", "snippet": {"textOriginal": "a", "n": %s}}' % (b"9" * 5000),
    b'{"id": "x", "snippet": {"n": %s%s}}' % (b"[" * 100_000, b"]" * 100_000),
    b'{"snippet": {"textOriginal": "no id"}}',
    b'{"id": "x", "snippet": {"textOriginal": ["not", "text"]}}',
    b'{"id": "x", "snippet": {"textOriginal": "%s"}}' % (b"a" * 100_001),
    b'{"id": "x", "snippet": {"textOriginal": "\xff\xfe"}}',
    b'{"id": "x", "id": "y", "snippet": {"textOriginal": "twice"}}',
    b'{"id": "x", "snippet": {"n": [}]}',
    b'{"id": "x"}',
    b'{"id": "%s", "snippet": {"textOriginal": "a"}}' % (b"x" * 201),
    b"null",
    b'"a text"',
    b"[]",
    b"17",
]


@pytest.mark.parametrize("poison", POISON, ids=range(len(POISON)))
@pytest.mark.parametrize("is_reply", [False, True], ids=["thread", "reply"])
def test_a_poisoned_record_is_unreadable_alone(
    channel: Channel, poison: bytes, is_reply: bool
) -> None:
    before, after = channel.write(), channel.write()
    bad = channel.write(parent=before if is_reply else None)
    channel.server.world.remarks[bad].poison = poison
    pages = channel.poll()
    unread = [one for page in pages for one in page.records if isinstance(one, Unreadable)]
    assert {before, after} <= set(ids(pages))
    assert len(unread) == 1
    assert unread[0].reason.endswith(".")
    assert any(unread[0].raw in page.raw for page in pages)


ODD = [
    "",
    "a" * 10_000,
    "\u202eright to left",
    "zero\u200bwidth",
    "👩🏽‍🚒🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "<script>alert(1)</script> & 'so' \"on\"",
    "line\nfeed\ttab\\",
    '{"id": "not a record"}',
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_words_come_as_they_were_written(channel: Channel, text: str) -> None:
    channel.write(text)
    assert [one.text for one in comments(channel.poll())] == [text]


def test_a_picture_alone_has_no_words_and_its_address(channel: Channel) -> None:
    picture = channel.write("")
    channel.server.world.remarks[picture].picture = "https://yt.example/signed.gif"
    [found] = comments(channel.poll())
    assert (found.text, found.media) == ("", ("https://yt.example/signed.gif",))
