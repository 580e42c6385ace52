"""What an evidence record says, and that no text can hide in it or break it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.evidence.deeds import NOT_EVIDENCE
from moderation.evidence.notation import as_json, moment
from moderation.evidence.sight import Sight
from moderation.model import Change, Post
from moderation.tables import ItemRow
from tests.moderation.evidence.making import House
from tests.world import NOW, Author, comment, deleted, hours, proposal

HOSTILE = [
    "",
    " ",
    "\u202egnp.exe",
    "раураl",
    "👩‍🚒🔥",
    "عربي",
    "\ufffe\ue000\U000e0041",
    "a" * 100_000,
    "\u0301" * 1000,
    "<script>alert(1)</script>",
    '#eval(read("x")) $x$',
    "line\nline\r\n\ttab",
    '"}]\\u0000',
]


def _record(house: House, item: ItemRow, sight: Sight | None = None) -> dict[str, Any]:
    files = house.sealed(house.evidence(item, sight))
    return dict(json.loads(files["record.json"]))


def _no_floats(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_no_floats, value.values()))
    if isinstance(value, list):
        return all(map(_no_floats, value))
    return not isinstance(value, float)


def test_the_sealed_files_are_the_words_and_the_bytes_as_they_came(house: House) -> None:
    item = house.item("Disgrace to the uniform, é 🔥", native_id="c1")
    files = house.sealed(house.evidence(item))
    assert files["text.txt"] == "Disgrace to the uniform, é 🔥".encode()
    assert json.loads(files["raw-at-ingest.body"])["id"] == "c1"
    sealed = {"record.json", "handling.json", "text.txt", "raw-at-ingest.body"}
    assert set(files) == sealed | {"card.png", "card.txt"}


def test_the_record_names_the_item_its_author_and_where_it_stood(house: House) -> None:
    item = house.item(
        native_id="c1",
        url="https://social.example/c1",
        author=Author("a1", "@angry", "Angry Resident"),
        post=Post("p1", "Our new engine", "https://social.example/p1"),
        parent_id="c0",
    )
    record = _record(house, item)
    assert record["schema"] == "evidence-record/1"
    assert record["platform"]["item_id"] == "c1"
    assert record["platform"]["item_url"] == "https://social.example/c1"
    assert record["platform"]["post"]["text"] == "Our new engine"
    assert record["author"]["display_name"] == "Angry Resident"
    assert record["author"]["not_supplied_by_the_platform"] == []
    assert record["thread"]["parent_that_we_do_not_hold"] == "c0"
    assert "case" not in json.dumps(record)


def test_an_author_that_the_platform_withholds_is_said_and_not_left_blank(house: House) -> None:
    record = _record(house, house.item(author=None))
    assert record["author"]["id"] is None
    assert record["author"]["not_supplied_by_the_platform"] == ["display_name", "handle", "id"]


def test_times_are_shown_in_utc_and_in_london_with_their_source() -> None:
    summer = moment(datetime(2026, 7, 1, 12, 5, 0, 7000, tzinfo=UTC), "the platform")
    assert summer == {
        "utc": "2026-07-01T12:05:00.007Z",
        "europe_london": "2026-07-01 13:05:00.007 BST",
        "source": "the platform",
    }
    winter = moment(NOW, "our clock")
    assert winter is not None
    assert winter["europe_london"] == "2026-11-20 14:05:00.000 GMT"
    assert moment(None, "our clock") is None


def test_the_machines_reading_stands_apart_and_is_said_to_be_no_evidence(house: House) -> None:
    files = house.sealed(house.evidence(house.item()))
    reading = json.loads(files["handling.json"])["machine_reading"]
    assert reading["says"] == NOT_EVIDENCE
    assert reading["detectors"][0]["scores"] == {"insult": "0.5", "toxicity": "0.5"}
    assert reading["proposal"]["category"] == "personal_abuse"
    assert b"personal_abuse" not in files["record.json"]


def test_every_sealed_file_is_weighed_in_the_record(house: House) -> None:
    item = house.item()
    files = house.sealed(house.evidence(item, Sight(comment(item.native_id, "Edited"))))
    listed = json.loads(files.pop("record.json"))["files"]
    assert listed == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }


def test_a_fresh_look_is_sealed_beside_the_first_and_other_words_are_kept(house: House) -> None:
    item = house.item("First words")
    files = house.sealed(house.evidence(item, Sight(comment(item.native_id, "Other words"))))
    assert files["text.txt"] == b"First words"
    assert files["text-at-capture.txt"] == b"Other words"
    assert b"Other words" in files["raw-at-capture.body"]
    content = json.loads(files["record.json"])["content"]
    assert content["same_words_at_capture"] is False


def test_a_fresh_look_that_reads_the_same_is_said_to(house: House) -> None:
    item = house.item("Same words")
    files = house.sealed(house.evidence(item, Sight(comment(item.native_id, "Same words"))))
    assert "text-at-capture.txt" not in files
    assert json.loads(files["record.json"])["content"]["same_words_at_capture"] is True


def test_an_item_that_was_gone_is_sealed_from_ingest_with_a_note(house: House) -> None:
    item = house.item("Gone by now")
    gone = replace(comment(item.native_id, ""), change=Change.DELETED)
    files = house.sealed(house.evidence(item, Sight(gone, "It was gone.")))
    assert files["text.txt"] == b"Gone by now"
    assert files["capture-note.txt"] == b"It was gone.\n"
    assert "text-at-capture.txt" not in files


def test_earlier_versions_and_their_bytes_are_in_the_record(house: House) -> None:
    item = house.item("First words", native_id="c1")
    first = house.evidence(item)
    with house.world.store.transaction() as session:
        house.world.ingest(session, comment("c1", "Second words"), now=NOW + hours(1))
        house.world.triage(session, proposal(), now=NOW + hours(1))
        item = session.get_one(ItemRow, item.id)
    files = house.sealed(house.evidence(item, now=NOW + hours(2)))
    record = json.loads(files["record.json"])
    assert [version["text"] for version in record["versions"]] == ["First words", "Second words"]
    assert record["supersedes"] == first.ref
    assert b"First words" in files["raw-at-ingest.version-1.body"]
    assert b"Second words" in files["raw-at-ingest.body"]


def test_a_deleted_version_keeps_the_last_words(house: House) -> None:
    item = house.item("Last words", native_id="c1")
    with house.world.store.transaction() as session:
        house.world.ingest(session, deleted("c1"), now=NOW + hours(1))
        item = session.get_one(ItemRow, item.id)
    assert item.version == 2
    files = house.sealed(house.evidence(item))
    record = json.loads(files["record.json"])
    assert files["text.txt"] == b"Last words"
    assert record["content"]["text_of_version"] == 1
    assert record["versions"][1]["kind"] == "deleted"
    assert record["times"]["found_gone"]["utc"] == "2026-11-20T15:05:00.000Z"


def test_the_thread_holds_parents_and_neighbours_of_the_same_post_alone(house: House) -> None:
    post, elsewhere = Post("p1", "Ours"), Post("p2", "Also ours")
    for n in range(30):
        at = NOW + timedelta(minutes=n)
        parent = f"c{n - 1}" if n in {14, 15} else None
        house.item(f"Words {n}", native_id=f"c{n}", post=post, now=at, parent_id=parent)
    house.item("Elsewhere", native_id="x", post=elsewhere, now=NOW + timedelta(minutes=15))
    with house.world.store.reading() as session:
        item = session.query(ItemRow).filter_by(native_id="c15").one()
    thread = _record(house, item)["thread"]
    assert [voice["item_id"] for voice in thread["parents"]] == ["c14", "c13"]
    assert [voice["text"] for voice in thread["before"]] == [f"Words {n}" for n in range(5, 15)]
    assert [voice["item_id"] for voice in thread["after"]] == [f"c{n}" for n in range(16, 26)]
    assert thread["there_are_more"] is True


def test_a_contact_that_staff_logged_is_no_part_of_a_thread(house: House) -> None:
    post = Post("p1", "Ours")
    item = house.item(post=post)
    other = house.item("Restricted words", post=post, native_id="r")
    with house.world.store.transaction() as session:
        session.get_one(ItemRow, other.id).restricted = True
    assert "Restricted words" not in json.dumps(_record(house, item))


def test_parents_that_answer_each_other_in_a_ring_end(house: House) -> None:
    item = house.item(native_id="a", parent_id="b")
    house.item(native_id="b", parent_id="a")
    assert [v["item_id"] for v in _record(house, item)["thread"]["parents"]] == ["b"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
def test_a_hostile_text_is_kept_exactly(sqlite_house: House, text: str) -> None:
    files = sqlite_house.sealed(sqlite_house.evidence(sqlite_house.item(text)))
    assert files["text.txt"].decode() == text
    assert json.loads(files["record.json"])["content"]["text"] == text


@given(st.recursive(st.text() | st.floats() | st.none(), st.lists, max_leaves=5))
def test_json_gives_back_what_was_put_in_and_shows_every_character(value: object) -> None:
    data = as_json({"z": 1, "a": value})
    again = json.loads(data)
    assert data.endswith(b"}\n")
    assert list(again) == ["a", "z"]
    assert _no_floats(again)
    assert not {chr(n) for n in (0x202E, 0x200B, 0xFEFF, 0x7F, 0x2028)} & set(data.decode())


@pytest.mark.parametrize("text", ["\ud83d", "\u202e", "\U000e0041", "\x00", "é🔥", "\u2028"])
def test_json_gives_back_texts_that_utf8_or_the_eye_cannot_take(text: str) -> None:
    assert json.loads(as_json({"text": text})) == {"text": text}
