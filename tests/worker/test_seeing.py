"""An item's pictures are fetched for its evidence from where they may be, and the rest is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from connectors.downloads import Fetched, NotFetched
from moderation.evidence import capture
from moderation.evidence.sealing import listing
from moderation.store import Store
from moderation.tables import (
    EvidenceMediaRow,
    EvidenceRow,
    IngestPageRow,
    ItemRow,
    ItemVersionRow,
    JobRow,
)
from tests.connected import Connected
from tests.replayed import Replayed
from tests.standins.base import Answer, Request
from tests.standins.faults import Fault
from tests.standins.mastodon import MastodonStandIn
from tests.standins.pictures import blank, engine
from tests.world import World
from worker import seeing
from worker.seeing import medium


@pytest.fixture
def server() -> Iterator[MastodonStandIn]:
    with MastodonStandIn() as server:
        yield server


@pytest.fixture
def connected(world: World, tmp_path: Path, server: MastodonStandIn) -> Connected:
    return Connected(world, tmp_path, "mastodon", server)


def _write(connected: Connected, *urls: str) -> str:
    server = connected.server
    assert isinstance(server, MastodonStandIn)
    pictures = tuple((url, "") for url in urls)
    native_id = server.comment(server.post(), "Look at them", pictures=pictures)
    connected.poll_feeds()
    return native_id


def _capture(connected: Replayed, native_id: str) -> EvidenceRow:
    with connected.store.transaction() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.native_id == native_id)).one()
        row = capture.want(session, item.id, item.version, "user:1", connected.shop.now())
    connected.work()
    with connected.store.reading() as session:
        return session.get_one(EvidenceRow, row.id)


def _media(connected: Replayed) -> list[EvidenceMediaRow]:
    with connected.store.reading() as session:
        return list(session.scalars(select(EvidenceMediaRow).order_by(EvidenceMediaRow.n)))


def test_a_picture_elsewhere_is_not_fetched_and_the_capture_goes_on(connected: Connected) -> None:
    native_id = _write(connected, "https://evil.example/a.png", "http://10.0.0.1/b.png")
    row = _capture(connected, native_id)
    assert row.captured_at is not None
    assert [one.sha256 for one in _media(connected)] == [None, None]
    assert "platform's own hosts" in _media(connected)[0].skipped
    assert "2 of its 2 pictures and videos could not be kept." in row.meter["picture"]


def test_the_pictures_of_an_item_that_is_gone_are_fetched_where_they_were(
    connected: Connected,
) -> None:
    native_id = _write(connected, connected.server.show())
    connected.server.remove(native_id)
    connected.later(1)
    row = _capture(connected, native_id)
    assert "no longer exists" in row.note
    assert [one.size for one in _media(connected)] == [len(engine())]


def test_what_is_no_picture_is_not_kept_whatever_it_is_called(connected: Connected) -> None:
    page = connected.server.show("page.png", b"<!DOCTYPE html><script>alert(1)</script>")
    _capture(connected, _write(connected, page))
    (one,) = _media(connected)
    assert (one.sha256, one.skipped) == (None, seeing.UNKNOWN)


def test_a_picture_that_would_burst_is_kept_but_not_opened(connected: Connected) -> None:
    bomb = blank(7_000, 7_000)
    _capture(connected, _write(connected, connected.server.show("bomb.png", bomb)))
    (one,) = _media(connected)
    assert (one.size, one.width, one.skipped) == (len(bomb), 7_000, "")
    with connected.store.reading() as session:
        row = session.scalars(select(EvidenceRow)).one()
    names = listing(connected.shop.vault, str(row.path), str(row.sha256)).files
    record = json.loads(connected.shop.vault.get(names["record.json"]))
    assert "more than 40 million pixels" in record["media"][0]["not_on_the_card_because"]


def test_the_first_pictures_of_very_many_are_kept(connected: Connected) -> None:
    server = connected.server
    urls = [server.show(f"{number}.png", blank(2, 2)) for number in range(seeing.MOST + 2)]
    _capture(connected, _write(connected, *urls))
    skipped = [one.skipped for one in _media(connected)]
    assert skipped == [""] * seeing.MOST + [seeing.TOO_MANY] * 2


def test_no_more_is_held_of_one_item_than_there_is_room_for(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "MOST_BYTES", 10)
    urls = [connected.server.show(f"{number}.png") for number in range(3)]
    _capture(connected, _write(connected, *urls))
    assert [one.skipped for one in _media(connected)] == ["", seeing.NO_ROOM, seeing.NO_ROOM]


def test_pictures_that_take_too_long_together_are_told(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeing, "LONGEST_S", -1.0)
    _capture(connected, _write(connected, connected.server.show()))
    assert [one.skipped for one in _media(connected)] == [seeing.NO_TIME]


def test_an_address_that_was_signed_anew_is_fetched_once(connected: Connected) -> None:
    native_id = _write(connected, f"{connected.server.show()}?signed=1")
    with connected.store.reading() as session:
        kept = session.scalars(select(ItemVersionRow.media)).one()
    server = connected.server
    assert isinstance(server, MastodonStandIn)
    for toot in server.toots.values():
        if toot.pictures:
            toot.pictures = ((f"{server.url}/media/engine.png?signed=2", ""),)
    _capture(connected, native_id)
    assert kept == [f"{server.url}/media/engine.png?signed=1"]
    assert [one.url for one in _media(connected)] == [f"{server.url}/media/engine.png?signed=2"]


def test_an_account_without_a_platform_fetches_nothing(world: World, tmp_path: Path) -> None:
    replayed = Replayed(world, tmp_path)
    replayed.say("c1", "Look", media=["https://cdn.example.org/1.jpg"])
    replayed.poll()
    _capture(replayed, "c1")
    assert ["own hosts" in one.skipped for one in _media(replayed)] == [True]


def test_a_certificate_that_the_vault_lost_does_not_keep_evidence_back(
    connected: Connected,
) -> None:
    native_id = _write(connected)
    with connected.store.transaction() as session:
        session.scalars(select(IngestPageRow)).one().certificate_sha256 = "0" * 64
    assert _capture(connected, native_id).captured_at is not None


def test_no_transaction_is_open_while_a_platform_or_its_pictures_are_asked(
    world: World, tmp_path: Path
) -> None:
    class Watching(MastodonStandIn):
        watched: Store | None = None
        seen: list[str]

        def serve(self, request: Request) -> tuple[Answer | None, Fault | None]:
            if self.watched is not None:
                self.seen.append(request.path)
                assert _is_free(self.watched)
            return super().serve(request)

    with Watching() as server:
        connected = Connected(world, tmp_path, "mastodon", server)
        native_id = _write(connected, server.show())
        server.seen, server.watched = [], connected.store
        assert _capture(connected, native_id).note == ""
        server.watched = None
    assert any("/media/" in path for path in server.seen)
    assert any("/api/" in path for path in server.seen)
    assert _media(connected)[0].skipped == ""


def _is_free(store: Store) -> bool:
    """Say whether nobody holds a transaction open on the record."""
    if store.write_engine.dialect.name == "sqlite":
        database = store.write_engine.url.database
        with sqlite3.connect(str(database), timeout=0, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")
        return True
    with store.write_engine.connect() as connection:
        held = connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()"
            )
        ).scalar_one()
    return held == 0


def test_the_job_is_held_on_to_while_pictures_come(
    connected: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    leases: list[datetime | None] = []
    asked = seeing.medium

    def slow(url: str, fetch: object) -> object:
        with connected.store.reading() as session:
            jobs = select(JobRow).where(JobRow.kind == "capture")
            leases.append(session.scalars(jobs).one().lease_until)
        connected.later(5)
        return asked(url, fetch)  # type: ignore[arg-type]

    monkeypatch.setattr(seeing, "medium", slow)
    urls = [connected.server.show(f"{number}.png") for number in range(2)]
    _capture(connected, _write(connected, *urls))
    assert leases[0] is not None
    assert leases[1] is not None
    assert leases[1] > leases[0]


# One address.


def _came(data: bytes, told: str = "image/png") -> Fetched:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Fetched("https://a/1", "https://b/1", data, told, "192.0.2.1:443", at)


def test_a_picture_says_what_it_is_and_where_it_came_from() -> None:
    one = medium("https://a/1", lambda url: _came(engine(), "text/html"))
    assert one.kind is not None
    assert (one.kind.media_type, one.told_type) == ("image/png", "text/html")
    assert (one.final_url, one.remote) == ("https://b/1", "192.0.2.1:443")
    assert one.png


def test_a_video_is_kept_and_not_shown() -> None:
    one = medium("https://a/1", lambda url: _came(b"\0\0\0\x20ftypisom\0\0\2\0"))
    assert one.is_kept
    assert (one.png, one.skipped) == (b"", "")
    assert one.not_shown


def test_an_address_that_gives_nothing_says_why() -> None:
    def refuse(url: str) -> Fetched:
        raise NotFetched("It is gone.")

    assert medium("https://a/1", refuse).skipped == "It is gone."
