"""A file is what its bytes say; a picture is measured before it is opened, and opened apart."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from moderation.evidence.pictures import Measure, NotDrawn, child, draw, kind_of, measure
from moderation.evidence.pictures.drawing import (
    BROKEN,
    MOST_FRAMES,
    NO_PICTURE,
    NO_SIZE,
    SIDE,
    TOO_MANY_FRAMES,
    TOO_MANY_PIXELS,
)
from tests.standins.pictures import blank, encoded, engine

FORMS = ("PNG", "JPEG", "GIF", "WEBP")


def _frames(form: str, count: int) -> bytes:
    shown = [Image.new("RGB", (8, 8), (n % 256, n // 256, 9)) for n in range(count)]
    return encoded(shown[0], form, save_all=True, append_images=shown[1:], lossless=True)


def _png_that_says(width: int, height: int) -> bytes:
    """Return a PNG that lies about its size, with next to nothing in it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        summed = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + summed

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _why(data: bytes) -> str:
    with pytest.raises(NotDrawn) as caught:
        draw(data)
    return str(caught.value)


# What a file is.


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (engine(), "image/png"),
        (blank(2, 2, "JPEG"), "image/jpeg"),
        (blank(2, 2, "GIF"), "image/gif"),
        (blank(2, 2, "WEBP"), "image/webp"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "image/avif"),
        (b"\0\0\0\x20ftypheic\0\0\0\0", "image/heic"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\2\0", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0", "video/webm"),
    ],
)
def test_a_picture_or_a_video_is_known_by_its_first_bytes(data: bytes, media_type: str) -> None:
    found = kind_of(data)
    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html><html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<?xml version="1.0"?><svg/>',
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90\0",
        b"GIF88a",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x20ftypevil",
        b"{}",
    ],
)
def test_a_page_a_document_or_a_programme_is_no_picture(data: bytes) -> None:
    assert kind_of(data) is None
    assert measure(data) is None
    assert _why(data) == NO_PICTURE


# How large it says that it is.


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [(1, 1), (320, 200), (1, 999), (16_000, 3)])
def test_a_size_is_read_without_opening_the_picture(form: str, size: tuple[int, int]) -> None:
    assert measure(encoded(Image.new("RGB", size), form)) == Measure(*size)


@pytest.mark.parametrize("how", [{"lossless": True}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}])
def test_a_size_is_read_from_each_way_to_write_webp(how: dict[str, object]) -> None:
    assert measure(encoded(Image.new("RGB", (31, 17)), "WEBP", **how)) == Measure(31, 17)


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_frames_are_counted(form: str) -> None:
    assert measure(_frames(form, 7)) == Measure(8, 8, 7)


@settings(max_examples=200, deadline=1000)
@given(st.sampled_from(FORMS), st.data())
def test_no_damage_breaks_the_measuring(form: str, data: st.DataObject) -> None:
    whole = bytearray(encoded(Image.new("RGB", (9, 9)), form))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    measure(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


# What is drawn of it.


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_drawn_anew_as_a_png(form: str) -> None:
    drawn = draw(encoded(Image.new("RGB", (40, 30), "red"), form))
    assert kind_of(drawn.png) == kind_of(engine())
    assert measure(drawn.png) == drawn.measure == Measure(40, 30)


def test_a_picture_of_a_phone_that_holds_a_second_one_is_drawn() -> None:
    both = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    data = encoded(both[0], "MPO", save_all=True, append_images=both[1:])
    assert draw(data).measure == Measure(40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_a_picture_in_any_colours_is_drawn(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert measure(draw(encoded(Image.new(mode, (9, 5)), form)).png) == Measure(9, 5)


def test_a_large_picture_is_drawn_small() -> None:
    drawn = draw(blank(6_000, 1_000, "JPEG"))
    assert drawn.measure == Measure(6_000, 1_000)
    shown = measure(drawn.png)
    assert shown is not None
    assert (shown.width, shown.height) == (SIDE, 267)


def test_what_was_hidden_in_a_picture_is_not_drawn() -> None:
    place = Image.Exif()
    place[0x010E] = "taken at the author's home"
    data = encoded(Image.new("RGB", (9, 9)), "JPEG", exif=place) + b"PK\x03\x04<script>"
    assert b"author's home" in data
    png = draw(data).png
    assert b"home" not in png
    assert b"<script>" not in png


def test_a_picture_is_drawn_the_right_way_up() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    png = draw(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=turned)).png
    assert measure(png) == Measure(20, 40)


@pytest.mark.parametrize("size", [(12_000, 12_000), (40_001, 1_000)])
def test_more_pixels_than_are_drawn_are_not_opened(size: tuple[int, int]) -> None:
    assert _why(_png_that_says(*size)) == TOO_MANY_PIXELS.format(40)


@pytest.mark.parametrize("size", [(2**31, 2**31), (1, 2**32 - 1)])
def test_a_size_that_no_picture_has_is_not_opened(size: tuple[int, int]) -> None:
    assert _why(_png_that_says(*size)) == TOO_MANY_PIXELS.format(40)


def test_more_frames_than_are_drawn_are_not_opened() -> None:
    assert _why(_frames("GIF", MOST_FRAMES + 1)) == TOO_MANY_FRAMES.format(MOST_FRAMES)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (engine()[:200], BROKEN),
        (_png_that_says(4_000, 4_000), BROKEN),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, NO_SIZE),
        (b"\xff\xd8\xff" + b"\xff" * 50, NO_SIZE),
        (b"GIF89a\0\0\0\0\0\0\0;", NO_SIZE),
        (b"RIFF\0\0\0\0WEBPVP8X", NO_SIZE),
    ],
)
def test_a_damaged_picture_is_told_in_words(data: bytes, why: str) -> None:
    assert _why(data) == why


def test_a_video_or_a_picture_of_another_kind_is_kept_but_not_drawn() -> None:
    assert "AVIF" in _why(b"\0\0\0\x20ftypavif\0\0\0\0")
    assert _why(b"\0\0\0\x20ftypisom\0\0\2\0") == NO_PICTURE


def test_the_child_cannot_open_a_file_start_a_process_or_grow() -> None:
    tries = """
import importlib.util, socket, sys
spec = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child.confine(300_000_000, 2)
for what in (lambda: open("/etc/hostname"), socket.socket, lambda: bytes(400_000_000)):
    try:
        what()
    except (OSError, MemoryError) as err:
        sys.stdout.write(type(err).__name__ + " ")
sys.stdout.flush()
while True:
    pass
"""
    done = subprocess.run(
        [sys.executable, "-I", "-c", tries, str(Path(child.__file__))],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.stdout.split() == [b"OSError", b"OSError", b"MemoryError"]
    assert done.returncode != 0


def test_damaged_pictures_of_every_kind_never_break_the_drawing() -> None:
    chance = random.Random(7)  # noqa: S311  The same damage every time.
    for form in FORMS:
        whole = encoded(Image.effect_noise((64, 64), 90).convert("RGB"), form)
        for _ in range(4):
            spoilt = bytearray(whole)
            for _ in range(chance.randint(1, 40)):
                spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
            try:
                drawn = draw(bytes(spoilt))
            except NotDrawn:
                continue
            assert kind_of(drawn.png) == kind_of(engine())
