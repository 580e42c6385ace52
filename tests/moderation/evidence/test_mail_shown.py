"""A mail is shown as text whatever stands in it, and nothing in it breaks the page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.evidence import mail_shown
from tests.moderation.evidence.files_to_bring import MAIL


def test_headers_plain_words_and_names_of_files_are_shown_and_no_html() -> None:
    shown = mail_shown.shown(MAIL)
    assert dict(shown.headers)["From"] == "Ry\u00e4n <ryan@mail.example>"
    assert dict(shown.headers)["Subject"] == "See you soon"
    assert shown.words == "I know where you park."
    assert (shown.files, shown.cut) == (("car.png",), False)


def test_a_mail_of_html_alone_has_no_words() -> None:
    shown = mail_shown.shown(b"From: a@b\nDate: x\nContent-Type: text/html\n\n<b>hi</b>")
    assert (shown.words, len(shown.headers)) == ("", 2)


def test_a_text_that_is_attached_is_a_file_and_not_the_words() -> None:
    body = b"Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nno"
    shown = mail_shown.shown(b"From: a@b\n" + body)
    assert (shown.words, shown.files) == ("", ("a.txt",))


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (b"Subject: =?no-such-charset?q?caf=E9?=", "caf\ufffd"),
        (b"Subject: =?utf-8?b?!!!?=", ""),
        (b"Subject: =?utf-8?b?AAAA?=", "\ufffd\ufffd\ufffd"),
        (b"Subject: caf\xe9", "caf\ufffd"),
        (b"Subject: a\n\tb", "a b"),
    ],
)
def test_a_header_that_lies_about_its_letters_is_shown_all_the_same(
    header: bytes, said: str
) -> None:
    shown = dict(mail_shown.shown(b"From: a@b\n" + header + b"\n\nx").headers)
    assert shown["Subject"].startswith(said)


def test_words_in_an_unknown_charset_are_shown_as_far_as_they_can_be() -> None:
    shown = mail_shown.shown(b"From: a@b\nContent-Type: text/plain; charset=x-nix\n\nhello\xff")
    assert shown.words == "hello\ufffd"


def test_a_mail_in_a_mail_a_thousand_deep_shows_its_headers() -> None:
    deep = b"From: a@b\nSubject: deep\n" + b"Content-Type: message/rfc822\n\n" * 5_000
    assert ("Subject", "deep") in mail_shown.shown(deep).headers
    nest = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    assert ("Subject", "nest") in mail_shown.shown(b"Subject: nest\n" + nest).headers


def test_a_mail_of_a_million_parts_or_of_25_megabytes_is_read_in_no_time() -> None:
    began = time.perf_counter()
    head = b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n"
    assert mail_shown.shown(head + b"--x\n\n" * 1_000_000).cut
    assert mail_shown.shown(b"From: a@b\n\n" + b"x" * 25_000_000).cut
    assert time.perf_counter() - began < 10


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    _holds(mail_shown.shown(data))
    _holds(mail_shown.shown(b"From: a@b\nDate: x\nContent-Type: multipart/mixed; " + data))
    _holds(mail_shown.shown(b"Subject: =?utf-8?b?" + data[:50] + b"?=\nTo: " + data[50:]))


def _holds(shown: mail_shown.MailShown) -> None:
    """See that what is shown can be written into a page."""
    for text in (shown.words, *shown.files, *(value for _, value in shown.headers)):
        assert "\x00" not in text
        text.encode()
