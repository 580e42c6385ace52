"""Small files of every kind that people bring as evidence, and of those that are not taken."""

from __future__ import annotations

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63000100"
    "000500010d0a2db40000000049454e44ae426082"
)
MAIL = (
    b"From: =?utf-8?q?Ry=C3=A4n?= <ryan@mail.example>\r\n"
    b"To: page@northmoor.example\r\n"
    b"Date: Sat, 21 Nov 2026 20:00:00 +0000\r\n"
    b"Subject: See you soon\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nI know where you park.\r\n"
    b"--x\r\nContent-Type: text/html\r\n\r\n<b>HTML</b>\r\n"
    b'--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="car.png"\r\n\r\n'
    b"x\r\n--x--\r\n"
)
CALLS = b"2026-11-20 14:05,+44 7700 900123,00:03:10\r\n"

# As Chromium saves a page: in the form of a mail, with where it was.
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.com/1\r\nSubject: A page\r\n"
    b"Date: Fri, 20 Nov 2026 14:05:00 -0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b--\r\n'
)

# By the media type that is to be seen in the bytes.
TAKEN: dict[str, bytes] = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00rest",
    "image/gif": b"GIF89a\x01\x00\x01\x00",
    "image/webp": b"RIFF\x24\x00\x00\x00WEBPVP8 ",
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "video/mp4": b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00",
    "video/3gpp": b"\x00\x00\x00\x14ftyp3gp4\x00\x00\x00\x00",
    "audio/mp4": b"\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00",
    "audio/mpeg": b"ID3\x04\x00\x00\x00\x00\x00\x00",
    "audio/wav": b"RIFF\x24\x00\x00\x00WAVEfmt ",
    "audio/ogg": b"OggS\x00\x02\x00\x00",
    "audio/amr": b"#!AMR\n\x3c\x00",
    "message/rfc822": MAIL,
    "multipart/related": MHTML,
    "text/plain": CALLS,
}
# What is not taken, by words of the answer.
REFUSED: dict[str, bytes] = {
    "Save a mail as .eml": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "one by one": b"PK\x03\x04\x14\x00" + bytes(64),
    "Save it as JPEG": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "drawing in code": b"\xef\xbb\xbf\n <svg xmlns='x' onload='alert(1)'/>",
    "run in somebody": "<html>".encode("utf-16"),
    "does not know what": b"\x7fELF\x02\x01\x01\x00" + bytes(64),
    "what this file is": b"MZ\x90\x00\x03\x00\x00\x00",
}
