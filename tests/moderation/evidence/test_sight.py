"""A record says how its bytes came, what stood around them, and what of it is missing."""

from __future__ import annotations

import hashlib
import json
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from moderation.evidence import collection, drawing
from moderation.evidence.facts import gather
from moderation.evidence.media import Medium, as_rows
from moderation.evidence.meter import NO_ADDRESS, NO_AUTHOR, NO_TIME, measured
from moderation.evidence.pictures import kind_of, measure
from moderation.evidence.sight import Sight
from moderation.model import Author, Collected, Post
from moderation.tables import AccountRow, EvidenceMediaRow, IngestPageRow, ItemRow
from tests.connectors.evil import certificate
from tests.moderation.evidence.making import House
from tests.standins.pictures import engine
from tests.world import NOW, ORG, comment

AT = datetime(2026, 7, 1, 12, 5, tzinfo=UTC)


def _answer(url: str = "https://social.example/c1", **more: Any) -> Collected:
    given: dict[str, Any] = {
        "cut": ("header Authorization",),
        "request_headers": (("Authorization", "[cut]"), ("Accept", "a/b")),
        "response_headers": (("Date", "Wed, 01 Jul 2026 12:04:58 GMT"), ("X-Id", "7")),
        "http": "HTTP/1.1",
        "remote": "192.0.2.7:443",
        "client": "requests 2",
    }
    return Collected("GET", url, 200, AT, **{**given, **more})


def _medium(**more: Any) -> Medium:
    data = engine()
    kept = {"data": data, "kind": kind_of(data), "measure": measure(data), "png": data}
    return Medium("https://cdn.example/1.png", **{**kept, **more})


def _sealed(house: House, item: ItemRow, sight: Sight) -> tuple[dict[str, Any], dict[str, bytes]]:
    files = house.sealed(house.evidence(item, sight))
    return dict(json.loads(files["record.json"])), files


# How it came.


def test_request_and_answer_of_the_capture_are_files_that_anybody_can_read(
    sqlite_house: House,
) -> None:
    item = sqlite_house.item(native_id="c1")
    sight = Sight(comment("c1"), collected=(_answer(),))
    record, files = _sealed(sqlite_house, item, sight)
    assert files["request-at-capture.txt"].decode() == (
        "GET https://social.example/c1\nAuthorization: [cut]\nAccept: a/b\n\n"
        "Sent to 192.0.2.7:443 (without TLS) by requests 2.\n"
        "Cut, because it could open the account: header Authorization.\n"
    )
    assert files["headers-at-capture.txt"].startswith(b"HTTP/1.1 200\nDate: Wed, 01 Jul 2026")
    assert record["collection"]["answers_at_capture"][0]["cut"] == ["header Authorization"]
    assert record["times"]["answered_at_capture"] == {
        "utc": "2026-07-01T12:04:58.000Z",
        "europe_london": "2026-07-01 13:04:58.000 BST",
        "source": "the clock of the platform's server",
    }


def test_the_connections_certificate_is_sealed_and_named_by_its_hash(
    sqlite_house: House, tmp_path: Path
) -> None:
    der = ssl.PEM_cert_to_DER_cert(certificate(tmp_path).read_text().partition("-----BEGIN P")[0])
    item = sqlite_house.item(native_id="c1")
    sight = Sight(comment("c1"), collected=(_answer(certificate=der, tls="TLSv1.3", cipher="X"),))
    record, files = _sealed(sqlite_house, item, sight)
    answer = record["collection"]["answers_at_capture"][0]
    assert answer["certificate_sha256"] == hashlib.sha256(der).hexdigest()
    pem = files["certificate-at-capture.pem"]
    assert ssl.PEM_cert_to_DER_cert(pem.decode()) == der
    assert b"(TLSv1.3, X)" in files["request-at-capture.txt"]


def test_how_the_page_came_is_kept_with_it_and_in_the_record(house: House) -> None:
    with house.world.store.transaction() as session:
        item = house.world.item(session, native_id="c1")
        page = session.query(IngestPageRow).one()
        mine, other = _answer(), _answer("https://social.example/other")
        page.collected = collection.as_record((other, mine))
    record, files = _sealed(house, item, Sight())
    answers = record["versions"][0]["ingest_page"]["answers"]
    assert [one["url"] for one in answers] == ["https://social.example/c1"]
    assert b"social.example/c1" in files["request-at-ingest.txt"]
    assert b"other" not in files["request-at-ingest.txt"]


def test_of_answers_that_name_no_item_all_are_kept() -> None:
    kept = collection.as_record((_answer("https://a.example/list"), _answer("https://a.example/2")))
    assert len(collection.about(kept, "c1")) == 2
    assert collection.about({}, "c1") == []


def test_an_id_that_stands_escaped_in_an_address_is_found() -> None:
    kept = collection.as_record((_answer("https://a/?uri=at%3A%2F%2Fx%2F1"), _answer("https://a/")))
    assert len(collection.about(kept, "at://x/1")) == 1


@pytest.mark.parametrize(
    ("said", "utc"), [("Wed, 01 Jul 2026 14:05:00 +0200", 12), ("Wed, 01 Jul 2026 12:05:00", 12)]
)
def test_the_platforms_clock_is_converted_and_never_relabelled(said: str, utc: int) -> None:
    kept = collection.as_record((_answer(response_headers=(("date", said),)),))
    found = collection.date_of(kept["answers"])
    assert found is not None
    assert found.astimezone(UTC).hour == utc


@pytest.mark.parametrize("said", ["soon", "", "Wed, 99 Jul 2026 12:05:00 GMT"])
def test_a_clock_that_cannot_be_read_is_left_out(said: str) -> None:
    kept = collection.as_record((_answer(response_headers=(("Date", said),)),))
    assert collection.date_of(kept["answers"]) is None


def test_a_header_cannot_break_its_line() -> None:
    hostile = _answer(response_headers=(("X-Odd", "a\r\nDate: now\u202e"),))
    made = collection.files(collection.as_record((hostile,))["answers"], "capture")
    assert b"X-Odd: a\\r\\nDate: now\\u202e\n" in made["headers-at-capture.txt"]


# What it holds and what it lacks.


def test_pictures_are_sealed_as_they_came_and_the_missing_one_is_told(house: House) -> None:
    item = house.item(native_id="c1")
    missing = Medium("https://evil.example/2.png", skipped="It does not lie there.")
    record, files = _sealed(house, item, Sight(comment("c1"), media=(_medium(), missing)))
    assert files["media/001-original.png"] == engine()
    assert [one["file"] for one in record["media"]] == ["media/001-original.png", None]
    assert record["media"][1]["skipped_because"] == "It does not lie there."
    assert b"1 of its 2 pictures and videos could not be kept." in files["card.txt"]
    assert files["card.png"].startswith(b"\x89PNG")
    assert len(files["card.png"]) > len(_sealed(house, house.item(), Sight())[1]["card.png"])


def test_the_picture_of_an_author_is_sealed_where_it_was_delivered(sqlite_house: House) -> None:
    item = sqlite_house.item(native_id="c1")
    author = Author("a1", "@a", "A", "https://social.example/a", "https://cdn.example/a.png")
    sight = Sight(comment("c1", author=author), avatar=_medium())
    record, files = _sealed(sqlite_house, item, sight)
    assert record["author"]["at_capture"]["profile_url"] == "https://social.example/a"
    assert record["author"]["avatar"]["file"] == "author/avatar-original.png"
    assert files["author/avatar-original.png"] == engine()


def test_rows_of_media_say_what_was_kept_and_why_the_rest_was_not(house: House) -> None:
    row = house.evidence(house.item())
    with house.world.store.transaction() as session:
        session.add_all(as_rows(row.id, [_medium(), Medium("https://x/2", skipped="Too large.")]))
    with house.world.store.reading() as session:
        first, second = session.query(EvidenceMediaRow).order_by(EvidenceMediaRow.n)
    assert (first.media_type, first.width, first.size) == ("image/png", 320, len(engine()))
    assert (second.sha256, second.skipped) == (None, "Too large.")


def _meter(house: House, item: ItemRow, sight: Sight | None = None) -> dict[str, bool | str]:
    row = house.evidence(item)
    with house.world.store.reading() as session:
        return measured(gather(session, row.id), sight or Sight())


def test_a_record_that_holds_all_six_things_says_so(house: House) -> None:
    item = house.item(url="https://social.example/c1", author=Author("a1", "@a", "A"))
    assert _meter(house, item) == dict.fromkeys(
        ("picture", "address", "time", "author", "text", "thread"), True
    )


def test_what_a_record_lacks_is_said_in_words(house: House) -> None:
    bare = comment("c1", "Bare", author=None, parent_id="never-read", post=Post("p1"))
    with house.world.store.transaction() as session:
        house.world.ingest(session, bare)
        item = session.query(ItemRow).one()
    found = _meter(house, item, Sight(media=(Medium("https://x/1", skipped="It is gone."),)))
    assert (found["address"], found["time"], found["author"]) == (NO_ADDRESS, NO_TIME, NO_AUTHOR)
    assert found["thread"] == "Something that it answers is not held here."
    assert found["picture"] == "1 of its 1 pictures and videos could not be kept. It is gone."
    assert found["text"] is True


def test_a_thread_says_whether_it_is_whole_and_what_we_wrote_ourselves(house: House) -> None:
    post = Post("p1", "Ours")
    with house.world.store.transaction() as session:
        session.get_one(AccountRow, house.world.accounts[ORG].id).native_id = "we"
    first = house.item("You are useless", native_id="c1", post=post)
    later = NOW + timedelta(minutes=1)
    house.item("We are sorry", native_id="c2", post=post, author=Author("we", "@we"), now=later)
    thread = _sealed(house, first, Sight())[0]["thread"]
    assert (thread["context_complete"], thread["context_lacks"]) == (True, None)
    assert [voice["written_by_our_own_account"] for voice in thread["after"]] == [True]
    raw = comment("c2", "We are sorry").raw
    assert thread["after"][0]["raw_sha256"] == hashlib.sha256(raw).hexdigest()
    for number in range(3, 15):
        house.item(f"Words {number}", native_id=f"c{number}", post=post, now=later)
    second = house.item("Also you", native_id="c99", post=post, now=NOW)
    thread = _sealed(house, second, Sight())[0]["thread"]
    assert thread["context_complete"] is False
    assert thread["context_lacks"].startswith("More stands under the same post than the 10")


# The card in words.


def test_a_card_in_words_spells_out_what_hides_and_no_text_can_feign_a_line(
    sqlite_house: House,
) -> None:
    text = "ok\u202etxet\nCaptured: never\u2028Author, id: me\rPosted: no"
    files = _sealed(sqlite_house, sqlite_house.item(text, native_id="c1"), Sight(comment("c1")))[1]
    words = files["card.txt"].decode()
    assert "  ok[U+202E]txet" in words
    assert "right-to-left override" in words
    assert "At the capture the platform showed other words" in words
    lines = words.splitlines()
    assert [line for line in lines if line.startswith("Captured: ")] == [
        "Captured: 2026-11-20T14:05:00.000Z / 2026-11-20 14:05:00.000 GMT"
    ]
    assert not [line for line in lines if line.startswith(("Author, id: me", "Posted: no"))]


def test_an_address_on_a_card_in_words_is_no_link(sqlite_house: House) -> None:
    item = sqlite_house.item(url="https://social.example/c1")
    words = _sealed(sqlite_house, item, Sight())[1]["card.txt"].decode()
    assert "Address: hxxps[:]//social.example/c1" in words


def test_a_card_says_what_could_not_be_shown() -> None:
    shown = _medium(png=b"", not_shown="It is a video.")
    assert drawing.lacking(Sight(media=(shown,))) == ""
    assert drawing.lacking(Sight(media=(replace(shown, data=b"", skipped="Gone."),)))
