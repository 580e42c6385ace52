"""A capture is followed by a picture and a copy of the public page, and never waits for them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import select, update

from moderation import audit, jobs
from moderation.access import Role
from moderation.actions import on_capture
from moderation.errors import EvidenceMissing
from moderation.evidence import capture, verify
from moderation.evidence.live_page import GIVEN_UP
from moderation.evidence.sealing import listing
from moderation.jobs import FencedError
from moderation.lifecycle import EvidenceState
from moderation.queries.evidence_panel import EvidencePanel, evidence_panel, mark
from moderation.queries.item_page import item_page
from moderation.settings import Settings
from moderation.tables import (
    AccountRow,
    AdditionKind,
    AlertRow,
    AuditBodyRow,
    EvidenceAdditionRow,
    EvidenceRow,
    JobRow,
    JobState,
    Lane,
    TimeStampRow,
)
from tests.moderation.evidence.making import House, names
from tests.servers import chromium_executable
from tests.world import CLEAR, NOW, ORG, World
from worker import live_page_task
from worker.errors import TryLater
from worker.runner import Runner, attend_dead
from worker.warm_pages import WarmPages
from worker.workshop import Workshop

pytestmark = pytest.mark.browser

AUTHORITY = "stamps.example"
TITLE = "Mill Lane / a comment"


class Site(BaseHTTPRequestHandler):
    """The page of one comment."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", "http://localhost/elsewhere")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>{TITLE}</title><p>A disgrace.".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmPages]:
    pages = WarmPages(Path(chromium_executable()))
    yield pages
    pages.close()


class Desk:
    """One item whose page is at url, and whose capture is wanted."""

    def __init__(self, world: World, folder: Path, url: str, browser: Path | None) -> None:
        self.store = world.store
        self.world = world
        self.settings = Settings(data_dir=folder, database_url="", live_pages=browser)
        self.shop = Workshop(self.settings, self.store)
        self.store.authorities = (AUTHORITY,)
        self.runner = Runner(self.shop, "test")
        with self.store.transaction() as session:
            self.item = world.item(session, "A disgrace.", CLEAR, native_id="c1", url=url)
            evidence = capture.want(session, self.item.id, 1, "user:1", NOW)
        self.evidence_id = evidence.id

    def stand_in(self, site: str) -> None:
        with self.store.transaction() as session:
            account = session.get_one(AccountRow, self.world.accounts[ORG].id)
            account.settings = {"base_url": site}

    def work(self) -> None:
        while self.runner.run_next(Lane.CAPTURE):
            pass

    def job(self) -> JobState | None:
        with self.store.reading() as session:
            return session.scalar(select(JobRow.state).where(JobRow.kind == "live_page"))

    def again(self, **values: object) -> None:
        """Make the job due at once."""
        due = {"state": JobState.READY, "run_after": NOW, **values}
        with self.store.transaction() as session:
            session.execute(update(JobRow).where(JobRow.kind == "live_page").values(due))

    def kept(self) -> list[EvidenceAdditionRow]:
        with self.store.reading() as session:
            return list(session.scalars(select(EvidenceAdditionRow).order_by("id")))

    def evidence(self) -> EvidenceRow:
        with self.store.reading() as session:
            return session.get_one(EvidenceRow, self.evidence_id)

    def panel(self) -> EvidencePanel:
        actor = self.world.actor(Role.COMMS_MODERATOR)
        with self.store.reading() as session:
            return evidence_panel(
                session, actor, item_page(session, actor, self.item.id, now=self.shop.now())
            )

    def mark(self) -> str:
        with self.store.reading() as session:
            return mark(session, self.world.actor(Role.COMMS_MODERATOR), self.item.id)


def desk_of(world: World, folder: Path, site: str, warm: WarmPages, path: str = "/c1") -> Desk:
    desk = Desk(world, folder, site + path, Path(chromium_executable()))
    desk.shop.warm_pages = warm
    desk.stand_in(site)
    return desk


@pytest.fixture
def desk(sqlite_world: World, tmp_path: Path, site: str, warm: WarmPages) -> Desk:
    return desk_of(sqlite_world, tmp_path, site, warm)


@pytest.fixture
def gone(sqlite_world: World, tmp_path: Path, site: str, warm: WarmPages) -> Desk:
    return desk_of(sqlite_world, tmp_path, site, warm, "/away")


def test_a_capture_is_followed_by_a_picture_and_a_copy_sealed_stamped_and_audited(
    world: World, tmp_path: Path, site: str, warm: WarmPages
) -> None:
    desk = desk_of(world, tmp_path, site, warm)
    desk.work()
    picture, copy = desk.kept()
    assert (picture.media_type, copy.media_type) == ("image/png", "multipart/related")
    ref = desk.evidence().ref
    assert (picture.ref, copy.ref) == (f"{ref}/1", f"{ref}/2")
    assert {row.kind for row in (picture, copy)} == {AdditionKind.LIVE_PAGE}
    assert {row.name for row in (picture, copy)} == {TITLE}
    assert {row.added_by for row in (picture, copy)} == {"system:live_page"}
    assert picture.obtained_how.startswith("Pictured by Chromium ")
    assert f" at {site}/c1, as anybody sees it who is not signed in." in copy.obtained_how
    files = listing(desk.shop.vault, copy.path, copy.sha256).files
    assert set(files) == {"addition.json", "original.mhtml"}
    assert b"A disgrace." in desk.shop.vault.get(files["original.mhtml"])
    said = json.loads(desk.shop.vault.get(files["addition.json"]))
    assert said["page"]["final_address"] == f"{site}/c1"
    assert said["page"]["title"] == TITLE
    assert said["says"].startswith("A browser of Watchroom's own")
    with desk.store.reading() as session:
        stamped = session.scalars(select(TimeStampRow.sha256)).all()
        about = [f"evidence_addition:{row.id}" for row in (picture, copy)]
        lines = session.scalars(select(AuditBodyRow.verb).where(AuditBodyRow.object.in_(about)))
        assert lines.all() == ["evidence_addition.add"] * 2
        assert audit.verify(session).broken_at == 0
    assert {picture.sha256, copy.sha256} < set(stamped)


def test_without_the_setting_no_page_is_wanted(sqlite_world: World, tmp_path: Path) -> None:
    site = "http://127.0.0.1:9"
    desk = Desk(sqlite_world, tmp_path, f"{site}/c1", None)
    desk.stand_in(site)
    desk.work()
    assert desk.evidence().state is EvidenceState.CAPTURED
    assert desk.job() is None


@pytest.mark.parametrize(
    ("url", "is_wanted"),
    [
        ("https://www.facebook.com/page/posts/1?comment_id=2", True),
        ("http://www.facebook.com/page/posts/1", False),
        ("https://facebook.com.evil.example/1", False),
        ("https://x.com/page/status/1", False),
        ("http://127.0.0.1:8080/", False),
        ("http://169.254.169.254/", False),
        ("", False),
    ],
)
def test_only_a_public_page_of_the_accounts_own_platform_is_looked_at(
    sqlite_world: World, tmp_path: Path, url: str, is_wanted: bool
) -> None:
    desk = Desk(sqlite_world, tmp_path, url, tmp_path / "chromium")
    assert desk.runner.run_next(Lane.CAPTURE)
    assert desk.evidence().state is EvidenceState.CAPTURED
    assert (desk.job() is not None) is is_wanted


def test_a_second_run_looks_at_nothing_and_keeps_nothing_twice(desk: Desk) -> None:
    desk.work()
    before, asked = [row.ref for row in desk.kept()], list(Site.asked)
    desk.again()
    desk.work()
    assert desk.job() is JobState.DONE
    assert [row.ref for row in desk.kept()] == before
    assert Site.asked == asked


def test_a_worker_that_lost_its_lease_keeps_nothing(desk: Desk) -> None:
    assert desk.runner.run_next(Lane.CAPTURE)
    with desk.store.transaction() as session:
        held = jobs.claim_next(session, Lane.CAPTURE, owner="slow", now=desk.shop.now())
    assert held is not None
    with pytest.raises(FencedError):
        live_page_task.keep(desk.shop, replace(held, fence=held.fence - 1))
    assert desk.kept() == []
    live_page_task.keep(desk.shop, held)
    assert len(desk.kept()) == 2


def test_a_page_that_cannot_be_seen_is_given_up_in_words_and_the_record_stays(gone: Desk) -> None:
    gone.work()
    assert gone.panel().pending
    for _ in range(jobs.KINDS["live_page"][1] - 1):
        waiting = gone.mark()
        gone.again()
        gone.work()
    assert gone.job() is JobState.DEAD
    panel = gone.panel()
    assert gone.mark() != waiting
    assert "could not show the page" in panel.records[0].no_page
    assert panel.records[0].row.state is EvidenceState.CAPTURED
    assert gone.kept() == []
    attend_dead(gone.shop)
    with gone.store.reading() as session:
        assert session.scalars(select(AlertRow)).all() == []


def test_an_error_that_nobody_foresaw_is_not_shown_by_its_type(desk: Desk) -> None:
    desk.runner.run_next(Lane.CAPTURE)
    desk.again(state=JobState.DEAD, last_error="KeyError")
    assert desk.panel().records[0].no_page == GIVEN_UP


def test_captures_that_are_due_go_first(desk: Desk) -> None:
    assert desk.runner.run_next(Lane.CAPTURE)
    with desk.store.transaction() as session:
        held = jobs.claim_next(session, Lane.CAPTURE, owner="test", now=desk.shop.now())
        other = desk.world.item(session, "Another", CLEAR, native_id="c2")
        capture.want(session, other.id, 1, "user:1", NOW)
    assert held is not None
    with pytest.raises(TryLater) as later:
        live_page_task.keep(desk.shop, held)
    assert not later.value.counts


def test_nothing_is_added_to_evidence_that_was_erased(desk: Desk) -> None:
    assert desk.runner.run_next(Lane.CAPTURE)
    with desk.store.transaction() as session:
        session.get_one(EvidenceRow, desk.evidence_id).erased_at = NOW
    desk.work()
    assert desk.kept() == []


def test_a_pack_holds_the_page_under_names_of_ours_and_is_whole(desk: Desk, tmp_path: Path) -> None:
    desk.work()
    house = House(desk.world, desk.settings)
    target = tmp_path / "pack.zip"
    house.pack(f"item:{desk.item.id}", target)
    inside = names(target)
    assert "data/items/0001/additions/01/original.png" in inside
    assert "data/items/0001/additions/02/original.mhtml" in inside
    assert verify.check(target).is_whole


def test_a_live_page_does_not_stand_for_a_persons_own_evidence(desk: Desk) -> None:
    desk.work()
    assert [part.added for part in desk.panel().parts] == [""] * 6
    with desk.store.reading() as session, pytest.raises(EvidenceMissing):
        on_capture._require_own_evidence(session, desk.evidence())
