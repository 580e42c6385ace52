"""What a person reads of a post: paragraphs, links, names, warnings, polls, and hostile HTML."""

from __future__ import annotations

import time
from typing import Any

import pytest

from connectors.mastodon.text import plain, words_of
from connectors.reasons import Poison
from tests.standins.mastodon_bodies import paragraphs

LINK = (
    '<a href="https://www.news.example/a/long/way/to/go" rel="nofollow">'
    '<span class="invisible">https://www.</span><span class="ellipsis">news.example/a/long</span>'
    '<span class="invisible">/way/to/go</span></a>'
)
NAME = (
    '<span class="h-card" translate="no"><a href="https://town.example/@brigade" '
    'class="u-url mention">@<span>brigade</span></a></span>'
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Plain</p>", "Plain"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>Two<br/>Three<br />Four</p>", "One\nTwo\nThree\nFour"),
        (f"<p>{NAME} you liars</p>", "@brigade you liars"),
        (f"<p>See {LINK} now</p>", "See news.example/a/long… now"),
        ("<p>A &amp; B &lt;b&gt; &#39;c&#39; &hearts;</p>", "A & B <b> 'c' ♥"),
        ("<p>:blobcat: &amp;amp;</p>", ":blobcat: &amp;"),
        ("<p>a\n  b\t c</p>\n<p>d</p>", "a b c\nd"),
        ("<blockquote>Said</blockquote><ul><li>One</li><li>Two</li></ul>", "Said\nOne\nTwo"),
        ("<p><strong>B</strong><em>i</em><code>c</code></p>", "Bic"),
        ('<p><a href="/tags/x" class="mention hashtag">#<span>shame</span></a></p>', "#shame"),
        ('<p><span class="invisible">you fool</span></p>', "you fool"),
        ('<p>a<span class="ellipsis">b</span></p>', "ab"),
        ("<p>\u202eright\u200b to left</p>", "\u202eright\u200b to left"),
        ("<p>👩🏽‍🚒 ok</p>", "👩🏽‍🚒 ok"),
        ("no tags at all", "no tags at all"),
        ("<P CLASS='x'>Loud</P>", "Loud"),
        ("</span></a></p>x", "x"),
    ],
)
def test_a_person_reads_this(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<script>you fool</script>", "<script>you fool</script>"),
        ("<style>you fool", "<style>you fool"),
        ("<!-- you fool -->", "<!-- you fool -->"),
        ("a < b > c", "a < b > c"),
        ("<p you fool", "<p you fool"),
        ('<p title="you fool>', '<p title="you fool>'),
        ("<![CDATA[you fool]]>", "<![CDATA[you fool]]>"),
        ("<?you fool?>", "<?you fool?>"),
        ("<plaintext>you fool", "<plaintext>you fool"),
        ("<textarea>you fool</textarea>", "<textarea>you fool</textarea>"),
        ("&#x110000; &bogus; &", "\ufffd &bogus; &"),
    ],
)
def test_no_word_is_lost_in_odd_html(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    "bit",
    [
        "<",
        "<a ",
        "<a",
        "</",
        "<!",
        "<!--",
        "<?",
        "&",
        "&#",
        "<b>",
        "<p>",
        "<script>",
        "<![CDATA[",
        '<a x="',
        "<a x='y",
        "<span class=invisible>",
        "<p\n",
        '<p a="b" ',
        "\n",
        " ",
        "<br>",
        "</p>",
    ],
)
def test_hostile_html_is_read_in_a_moment(bit: str) -> None:
    began = time.monotonic()
    plain(bit * (100_000 // len(bit)))
    assert time.monotonic() - began < 2.0


def test_typed_markup_comes_back_as_it_was_typed() -> None:
    typed = 'if a < b && c > d: <b>"you"</b> &amp; <script>alert(1)</script>'
    assert plain(paragraphs(typed)) == typed


def status(**fields: Any) -> dict[str, Any]:
    """Return a post with these fields."""
    return {"content": "<p>Words</p>"} | fields


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Words"),
        ({"spoiler_text": "Warning"}, "Warning\nWords"),
        ({"spoiler_text": "  "}, "Words"),
        (
            {"poll": {"options": [{"title": "Sack them"}, {"title": "Keep them"}]}},
            "Words\n• Sack them\n• Keep them",
        ),
        (
            {"media_attachments": [{"description": "A face"}, {"description": None}]},
            "Words\n[A face]",
        ),
        ({"content": "", "media_attachments": [{"description": ""}]}, ""),
        ({"poll": 5, "media_attachments": 7}, "Words"),
        ({"poll": {"options": [3, None]}, "media_attachments": [None]}, "Words"),
        ({"content": None}, ""),
    ],
)
def test_all_words_of_a_post_are_read(fields: dict[str, Any], text: str) -> None:
    assert words_of(status(**fields)) == text


@pytest.mark.parametrize(
    "fields",
    [
        {"content": 5},
        {"content": ["<p>"]},
        {"content": "x" * 100_001},
        {"spoiler_text": {}},
        {"poll": {"options": [{"title": 5}]}},
        {"media_attachments": [{"description": 5}]},
        {"content": "x" * 60_000, "spoiler_text": "y" * 60_000},
    ],
)
def test_what_is_no_text_is_poison_with_a_reason(fields: dict[str, Any]) -> None:
    with pytest.raises(Poison, match=r"\.$"):
        words_of(status(**fields))
