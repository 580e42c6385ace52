"""Packs in a real browser: from a case of the demo to a file that its own checker praises."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from moderation.access import Role
from moderation.evidence.seal import SigningKey
from moderation.policy import Policy
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import DisclosureRow, Lane, UserRow
from review_ui.app import create_app
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.conftest import PHONE, NewPage, Serve
from tests.browser.signing_in import sign_in
from tests.conftest import migrate
from tests.review_ui.pack_tools import ask, asked, captured, case_of, make, settings_of
from tests.review_ui.world import World
from tests.servers import SqliteFiles
from worker import demo
from worker.demo import material
from worker.runner import Runner
from worker.workshop import Workshop

Picture = Callable[[Page, str], None]
REASON = "He wrote that he waits for her at the station tonight."


@pytest.fixture
def shop(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[Workshop]:
    """The demo, as a person who tries Watchroom finds it."""
    url = sqlite_files.copy_of("migrated", migrate)
    opened = Workshop(Settings(data_dir=tmp_path, database_url=url), Store.open(url))
    demo.load(opened, say=lambda _: None)
    yield opened
    opened.store.close()
    sqlite_files.discard(url)


def _sign_in(page: Page, home: str, shop: Workshop, role: Role) -> None:
    with shop.store.reading() as session:
        email = session.scalars(select(UserRow.email).where(UserRow.role == role)).first()
    page.goto(f"{home}/sign-in")
    page.get_by_label("E-mail address").fill(str(email))
    page.get_by_label("Password", exact=True).fill(material.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def _work(shop: Workshop) -> None:
    runner = Runner(shop, "test")
    while runner.run_next(Lane.SUMMARY):
        pass


def _checked(zipped: Path, folder: Path, fingerprint: str) -> str:
    """Unpack a pack and run the checker that it brings; return what that says."""
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(folder)
    (inside,) = folder.iterdir()
    ran = subprocess.run(
        ["bash", "verify.sh", fingerprint], cwd=inside, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_a_police_pack_of_a_demo_case_is_asked_for_waited_for_fetched_and_checked(
    shop: Workshop, serve: Serve, page: Page, tmp_path: Path
) -> None:
    home = serve(create_app(shop.store, shop.settings, Policy.load()))
    _sign_in(page, home, shop, Role.HR_LEAD)
    page.goto(f"{home}/cases")
    page.locator("th a", has_text=re.compile(r"C-[0-9A-Z]{8}")).first.click()
    page.get_by_role("link", name="Make a pack", exact=True).click()
    page.get_by_role("link", name="For the police").click()
    page.get_by_label("Who is it for?").fill("PC 4711 Kim Bell, Northmoor Police")
    page.get_by_label("On what authority is it given?").fill("Her request of today, by phone")
    page.get_by_label("Without agreement").check()
    page.get_by_label("When and how they agreed").fill(REASON)
    page.get_by_label("Who will sign the statement?").fill("Jo Smith")
    page.get_by_role("button", name="Make the pack").dblclick()
    expect(page.get_by_text("This page shows by itself when it is ready")).to_be_visible()
    _work(shop)
    download = page.get_by_role("button", name="Download the pack")
    expect(download).to_be_visible(timeout=20_000)
    with page.expect_download() as coming:
        download.click()
    fetched = tmp_path / coming.value.suggested_filename
    coming.value.save_as(fetched)
    with shop.store.reading() as session:
        (row,) = session.scalars(select(DisclosureRow))
    assert fetched.name == f"{row.ref}.zip"
    fingerprint = SigningKey.of(shop.settings.keys_dir).fingerprint
    expect(page.locator("code", has_text=re.compile(f"^{fingerprint}$"))).to_be_visible()
    assert "ALL CHECKS PASSED" in _checked(fetched, tmp_path / "unpacked", fingerprint)
    page.get_by_label("How was it given?").fill("By hand, on a stick")
    page.get_by_role("button", name="Record that it was handed over").click()
    expect(page.get_by_role("alert")).to_contain_text("was handed over")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_page_of_packs_is_accessible_and_fits_its_window(
    world: World, serve: Serve, new_page: NewPage, picture: Picture, width: str
) -> None:
    item, home = f"item:{captured(world)}", serve(world.app)
    hugh = world.browser("hugh")
    long = {"recipient": "Sergeant " + "Llanfairpwll" * 20, "authority": "a" * 300}
    failing, waiting = (asked(world, hugh, item, **long) for _ in "12")
    with world.store.transaction() as session:
        session.execute(
            update(DisclosureRow)
            .where(DisclosureRow.ref == failing)
            .values(state="failed", why="The evidence " + "v" * 200 + " does not match.")
        )
    page = new_page(PHONE) if width == "phone" else new_page()
    sign_in(page, home, "hugh")

    def check(path: str, name: str) -> None:
        page.goto(home + path)
        for closed in page.locator("main details:not([open]) > summary:visible").all():
            closed.click()
        assert_accessible(page)
        assert_fits(page)
        picture(page, f"packs-{name}-{width}")

    check("/packs", "list")
    check(f"/packs/new?of={item}", "kinds")
    case = case_of(world, "hugh", captured(world))
    check(f"/packs/new?of={case}&kind=police", "police-of-a-case")
    check(f"/packs/new?of={item}&kind=police", "police")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    assert_accessible(page)
    assert_fits(page)
    picture(page, f"packs-wrong-{width}")
    check(f"/packs/{failing}", "failed")
    check(f"/packs/{waiting}", "waiting")
    make(world)
    check(f"/packs/{waiting}", "made")
    hugh.post(f"/packs/{waiting}/hand-over", {"to": "Sgt Bell", "how": "By hand, " + "x" * 200})
    check(f"/packs/{waiting}", "handed-over")


def test_without_any_script_the_page_of_a_pack_follows_by_itself(
    world: World, serve: Serve, new_page: NewPage
) -> None:
    home, item = serve(world.app), f"item:{captured(world)}"
    page = new_page(java_script_enabled=False)
    sign_in(page, home, "lee")
    page.goto(f"{home}/packs/new?kind=evidence&of={item}")
    page.get_by_label("Who is it for?").fill("The lead of comms")
    page.get_by_label("On what authority is it given?").fill("A look at our own evidence")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_text("Records in the pack so far: 0 of 1")).to_be_visible()
    make(world)
    expect(page.get_by_role("button", name="Download the pack")).to_be_visible(timeout=15_000)
    assert settings_of(world).packs_dir.is_dir()
    assert ask(world, world.browser("lee"), item).status_code == 303
