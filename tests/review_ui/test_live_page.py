"""A live page stands with the files of its item, or the item says why there is none."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from moderation.evidence import live_page
from moderation.evidence.keeping import vault_of
from moderation.evidence.live_page import Shown
from moderation.evidence.sealing import Sealed
from moderation.tables import AdditionKind, EvidenceRow, JobRow, JobState
from review_ui import shell
from tests.moderation.evidence.files_to_bring import MHTML, PNG
from tests.review_ui.evidence_tools import additions, decided, seal, text_of
from tests.review_ui.world import World
from tests.world import NOW

SEAL = Sealed(manifest_sha256="a" * 64, size=10, path="a" * 64)


def wanted(world: World) -> tuple[int, EvidenceRow]:
    item_id = decided(world)
    row = seal(world, item_id)
    with world.store.transaction() as session:
        live_page.promise(session, row.id, world.store.now())
    return item_id, row


def test_a_page_that_could_not_be_pictured_is_named_with_the_reason(small_world: World) -> None:
    item_id, _ = wanted(small_world)
    browser = small_world.browser("lee")
    page = browser.get(f"/items/{item_id}").text
    assert "could not be pictured" not in page
    assert "changed.js" in page
    dead = {"state": JobState.DEAD, "last_error": "The page led to <b>another</b> site."}
    with small_world.store.transaction() as session:
        session.execute(update(JobRow).where(JobRow.kind == live_page.KIND).values(dead))
    page = browser.get(f"/items/{item_id}").text
    assert "The live page could not be pictured: " in page
    assert "The page led to &lt;b&gt;another&lt;/b&gt; site." in page


def test_a_page_that_was_pictured_says_where_and_how_and_that_no_person_brought_it(
    small_world: World,
) -> None:
    item_id, row = wanted(small_world)
    shown = Shown(
        address="https://x.com/1",
        final_address="https://x.com/2",
        title="<i>A page</i>",
        seen_at=NOW - timedelta(hours=1),
        browser="1.2",
        is_cut=False,
        png=PNG,
        mhtml=MHTML,
    )
    vault = vault_of(small_world.app.extensions[shell.KEY].settings)
    with small_world.store.transaction() as session:
        files = live_page.files_of(shown, small_world.store.now())
        vault.put_many([file.data for file in files])
        live_page.keep(session, row.id, [(file, SEAL) for file in files], small_world.store.now())
    browser = small_world.browser("lee")
    page = text_of(browser, f"/items/{item_id}")
    for part in (
        "The live page as a picture", "The live page as a copy that a browser opens",
        "Added by Watchroom", "2 files added", "&lt;i&gt;A page&lt;/i&gt;",
    ):  # fmt: skip
        assert part in page, part
    picture, copy = additions(small_world)
    assert {picture.kind, copy.kind} == {AdditionKind.LIVE_PAGE}
    page = text_of(browser, f"/evidence/additions/{picture.id}")
    assert "Pictured by Chromium 1.2 at" in page
    assert "Title that the page gives itself" in page
    assert "as they say" not in page
    answer = browser.get(f"/evidence/additions/{copy.id}/file")
    assert answer.data == MHTML
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Disposition"].endswith('.mhtml"')
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
