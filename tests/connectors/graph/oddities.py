"""Texts that are hard to carry, and records that cannot be read."""

from __future__ import annotations

ODD = {
    "nothing but a picture": "",
    "ten thousand characters": "ü" * 10_000,
    "right to left": "\u202eאתם חסרי תועלת\u202c",
    "zero width": "u\u200bs\u200de\u2060less",
    "emoji": "👩🏽‍🚒🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "markup": "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE item; --",
    "half a character": "\ud83d",
    "a nul": "a\x00b",
}


POISON = {
    "a number of five thousand digits": b'{"id":"1_5","like_count":' + b"9" * 5_000 + b"}",
    "a hundred thousand levels": b'{"id":"1_5","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "no id": b'{"message":"Who am I?"}',
    "a text that is none": b'{"id":"1_5","message":{"not":"text"}}',
    "an endless id": b'{"id":"' + b"1" * 5_000 + b'"}',
    "no object": b'"words"',
    "not a number": b'{"id":"1_5","like_count":NaN}',
    "two ids": b'{"id":"1_5","id":"1_6"}',
}
