"""A page with one of each poison among a hundred comments: each is kept back alone and shown."""

from __future__ import annotations

import json

from sqlalchemy import select

from moderation import quarantine
from moderation.access import Role
from moderation.evidence.vault import Vault
from moderation.lifecycle import ItemState
from moderation.tables import IngestPageRow, QuarantineRow
from tests.replayed import Calm, Replayed

NEIGHBOURS = 100
POISON = {
    "NUL in the id": b'{"id": "p-\\u0000", "text": "a"}',
    "a megabyte of text": json.dumps({"id": "p-long", "text": "x" * 1_000_000}).encode(),
    "an id beyond 2^63": b'{"id": 9223372036854775808, "text": "a"}',
    "nested brackets": b'{"id": "p-nested", "text": "a", "more": ' + b"[" * 100_000 + b"}",
    "a number of 5,000 digits": b'{"id": "p-digits", "text": "a", "n": ' + b"9" * 5_000 + b"}",
    "not JSON": b"{poison",
    "not UTF-8": b'{"id": "p-utf8", "text": "caf\xe9"}',
    "no id": b'{"text": "a"}',
    "no text": b'{"id": "p-none"}',
    "a list": b'["p-list", "a"]',
}
HARMLESS = {
    "h-empty": "",
    "h-emoji": "\N{FACE WITH TEARS OF JOY}" * 3,
    "h-marks": "a" + "\N{COMBINING ACUTE ACCENT}" * 2_000,
    "h-nul": "a\0b",
    "h-surrogate": "a\ud83db",
    "h-override": "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe",
}


def write_page(replayed: Replayed) -> None:
    """Let the page show every poison, each between neighbours, and what only looks like poison."""
    poison = list(POISON.values())
    with replayed.feed.open("ab") as feed:
        for number in range(NEIGHBOURS):
            line = json.dumps({"id": f"n-{number}", "text": f"Nice one {number}"})
            feed.write(line.encode() + b"\n")
            if number % 9 == 0 and poison:
                feed.write(poison.pop() + b"\n")
    assert not poison
    for native_id, text in HARMLESS.items():
        replayed.say(native_id, text)


def test_each_poison_is_kept_back_alone_and_every_neighbour_goes_its_way(
    replayed: Replayed,
) -> None:
    replayed.connect(page_size=500)
    replayed.shop.detectors = [Calm()]
    write_page(replayed)
    replayed.poll()
    assert len(replayed.items()) == NEIGHBOURS + len(HARMLESS)
    waiting = [one.native_id for one in replayed.items() if one.state is not ItemState.CLEAR]
    # Without words, or with what is no character, nothing could be read for sure: a person looks.
    assert waiting == ["h-empty", "h-nul", "h-surrogate"]
    with replayed.store.reading() as session:
        kept = session.scalars(select(QuarantineRow)).all()
        pages = session.scalars(select(IngestPageRow)).all()
    assert {row.raw.rstrip(b"\n") for row in kept} == set(POISON.values())
    assert all(row.reason for row in kept)
    assert sum(page.n_quarantined for page in pages) == len(POISON)
    sealed = b"".join(Vault(replayed.settings.vault_dir).get(page.raw_sha256) for page in pages)
    assert sealed == replayed.feed.read_bytes()
    replayed.require_whole()


def test_what_is_kept_back_is_shown_to_a_person_and_the_feed_goes_on(replayed: Replayed) -> None:
    replayed.connect(page_size=500)
    replayed.shop.detectors = [Calm()]
    write_page(replayed)
    replayed.poll()
    replayed.say("after", "See you on Saturday")
    replayed.later(60)
    replayed.poll()
    assert replayed.item("after").state is ItemState.CLEAR
    lead = replayed.world.actor(Role.COMMS_LEAD)
    with replayed.store.reading() as session:
        assert quarantine.shelf(session, actor=lead).waiting == len(POISON)
