"""The quarantine page shows bytes as they came, harmlessly, and sets a record aside on request."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from moderation import ingest
from moderation.access import system
from moderation.model import Page, Unreadable
from moderation.tables import AccountRow, QuarantineRow, UserRow
from review_ui.harmless import Piece
from review_ui.quarantine import pieces
from tests.review_ui.world import AWAY, HOME, World

WHY = "A broken export: the same comment came again whole."
BAD_JSON = "The line is not valid JSON."


def hold(world: World, *records: Unreadable, org: str = HOME) -> list[int]:
    """Put records into quarantine as an ingest would, and return their ids."""
    with world.store.transaction() as session:
        account_id = session.scalars(
            select(AccountRow.id).where(AccountRow.org_id == org, AccountRow.key == "page")
        ).one()
        ingest.admit(
            session,
            account_id,
            "comments",
            Page(records, str(world.number()), b""),
            raw_sha256="0" * 64,
            actor=system("ingest", org),
            now=world.store.now(),
        )
    with world.store.reading() as session:
        return list(
            session.scalars(
                select(QuarantineRow.id)
                .where(QuarantineRow.org_id == org)
                .order_by(QuarantineRow.id)
            )
        )


def test_a_record_is_shown_with_its_reason_and_every_odd_byte_by_name(small_world: World) -> None:
    raw = b'{"id": "1", "text": "a\x00b \xe2\x80\xae caf\xe9 \x1b[31m"}'
    hold(small_world, Unreadable(raw, BAD_JSON))
    answer = small_world.browser("dana").get("/quarantine")
    assert answer.status_code == 200
    assert BAD_JSON in answer.text
    for name in ("NUL", "right-to-left override", "byte E9", "U+001B"):
        assert f'data-name="{name}"' in answer.text
    for hostile in ("\x00", "\u202e", "\x1b"):
        assert hostile not in answer.text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"caf\xc3\xa9", [Piece("café")]),
        (b"a\xc3", [Piece("a")]),
        (b"\xc3(", [Piece("", "byte C3"), Piece("(")]),
        (b"", []),
        (b"a\x00", [Piece("a"), Piece("", "NUL")]),
        (b"\xed\xa0\x80", [Piece("", "byte ED"), Piece("", "byte A0"), Piece("", "byte 80")]),
    ],
    ids=["whole", "cut off", "broken", "empty", "NUL", "surrogate"],
)
def test_bytes_become_pieces_that_a_page_can_show(head: bytes, expected: list[Piece]) -> None:
    assert pieces(head) == expected


def test_markup_in_a_record_is_text(small_world: World) -> None:
    hold(small_world, Unreadable(b"<script>alert(1)</script><img src=x>", BAD_JSON))
    shown = small_world.browser("dana").get("/quarantine").text
    assert "<script>alert(1)" not in shown
    assert "<img src=x>" not in shown


def test_the_bytes_are_hidden_first_unless_the_reader_chose_otherwise(small_world: World) -> None:
    hold(small_world, Unreadable(b"{", BAD_JSON))
    browser = small_world.browser("dana")
    closed = '<details class="reveal" data-reveal>'
    assert closed in browser.get("/quarantine").text
    with small_world.store.transaction() as session:
        session.execute(update(UserRow).values(blur=False))
    assert closed not in browser.get("/quarantine").text


def test_a_record_is_set_aside_with_a_reason(world: World) -> None:
    (number,) = hold(world, Unreadable(b"{", BAD_JSON))
    dana = world.browser("dana")
    assert dana.post(f"/quarantine/{number}/set-aside", {"reason": "no"}).status_code == 400
    assert dana.post(f"/quarantine/{number}/set-aside", {"reason": WHY}).status_code == 303
    assert "Nothing waits here" in dana.get("/quarantine").text
    settled = dana.get("/quarantine?show=settled").text
    assert WHY in settled
    assert "Dana Price" in settled


def test_another_organisations_record_is_not_there(small_world: World) -> None:
    (number,) = hold(small_world, Unreadable(b"{far", BAD_JSON), org=AWAY)
    dana = small_world.browser("dana")
    assert "{far" not in dana.get("/quarantine").text
    assert dana.post(f"/quarantine/{number}/set-aside", {"reason": WHY}).status_code == 404


def test_many_records_come_a_page_at_a_time(small_world: World) -> None:
    records = (Unreadable(f"{n}".encode(), BAD_JSON) for n in range(25))
    numbers = hold(small_world, *records)
    dana = small_world.browser("dana")
    assert f"before={numbers[5]}" in dana.get("/quarantine").text
    older = dana.get(f"/quarantine?before={numbers[5]}").text
    assert f'id="held-{numbers[4]}"' in older
    assert f'id="held-{numbers[5]}"' not in older


@pytest.mark.parametrize("name", ["asha", "hugh", "ina", "adam", "bo", "sal"])
def test_others_are_refused(small_world: World, name: str) -> None:
    (number,) = hold(small_world, Unreadable(b"{", BAD_JSON))
    browser = small_world.browser(name)
    assert browser.get("/quarantine").status_code == 403
    assert browser.post(f"/quarantine/{number}/set-aside", {"reason": WHY}).status_code == 403
