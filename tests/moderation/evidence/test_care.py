"""Every file is read again each night; what is lost is told, and what nothing names is removed."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from moderation.errors import StoreError
from moderation.evidence.care.checking import Care, Check, go_on, under_way
from moderation.evidence.care.index import Index
from moderation.evidence.care.releasing import release, unnamed
from moderation.evidence.care.reporting import keep, latest
from moderation.evidence.vault import GRACE
from moderation.tables import AlertRow, EvidenceRow, IngestPageRow
from tests.worker.erasing_tools import Ageing
from tests.world import ORG, World


@pytest.fixture
def ageing(world: World, tmp_path: Path) -> Ageing:
    """A vault with two records, and the pages that brought them."""
    made = Ageing(world, tmp_path)
    made.insult("one")
    made.insult("two", "again")
    return made


@pytest.fixture
def small(sqlite_world: World, tmp_path: Path) -> Ageing:
    made = Ageing(sqlite_world, tmp_path)
    made.insult("one")
    return made


def care_of(ageing: Ageing) -> Care:
    return Care(ageing.store, ageing.shop.vault, ageing.shop.vault_index)


def check(ageing: Ageing, seconds: float = 60) -> Check:
    while True:
        done = go_on(care_of(ageing), ageing.shop.at, seconds=seconds)
        if done is not None:
            return done


def path_of(ageing: Ageing, name: str) -> Path:
    return ageing.settings.vault_dir / ageing.shop.vault.place(name)


def age(path: Path, by: timedelta = GRACE * 2) -> None:
    then = time.time() - by.total_seconds()
    os.utime(path, (then, then))


def alter(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"altered")


def a_page(ageing: Ageing) -> str:
    with ageing.store.reading() as session:
        return session.scalars(select(IngestPageRow.raw_sha256).order_by(IngestPageRow.id)).all()[0]


def a_manifest(ageing: Ageing) -> str:
    with ageing.store.reading() as session:
        return str(session.scalars(select(EvidenceRow.sha256).order_by(EvidenceRow.id)).all()[0])


def test_a_whole_vault_is_well_and_keeps_every_file(ageing: Ageing) -> None:
    ageing.age(2)
    files = [path for path in ageing.settings.vault_dir.rglob("*") if path.is_file()]
    done = check(ageing)
    assert done.is_well
    assert done.removed == 0
    assert done.files == len(files) == len([path for path in files if path.exists()])
    assert done.size == sum(path.stat().st_size for path in files)


def test_what_is_altered_missing_or_strange_is_found_by_name(ageing: Ageing) -> None:
    page, manifest = a_page(ageing), a_manifest(ageing)
    sealed = ageing.shop.vault.get(manifest).decode().splitlines()[0].split("  ")[0]
    alter(path_of(ageing, page))
    path_of(ageing, sealed).unlink()
    (path_of(ageing, page).parent / "notes.txt").write_text("mine")
    done = check(ageing)
    assert done.counts == {"altered": 1, "missing": 1, "strange": 1}
    assert done.names["altered"] == [ageing.shop.vault.place(page)]
    assert done.names["missing"] == [ageing.shop.vault.place(sealed)]


def test_a_shelf_that_is_gone_is_missed(ageing: Ageing) -> None:
    shelf = path_of(ageing, a_page(ageing)).parent
    lost = len(list(shelf.iterdir()))
    for path in shelf.iterdir():
        path.unlink()
    shelf.rmdir()
    assert check(ageing).counts["missing"] == lost


def test_a_file_that_nothing_names_goes_after_a_day_and_not_before(ageing: Ageing) -> None:
    name = ageing.shop.vault.put(b"nobody's")
    assert check(ageing).removed == 0
    age(path_of(ageing, name))
    done = check(ageing)
    assert (done.removed, done.is_well) == (1, True)
    assert not ageing.shop.vault.has(name)
    assert check(ageing).files == done.files - 1


def test_while_a_seal_cannot_be_read_nothing_is_removed(small: Ageing) -> None:
    name = small.shop.vault.put(b"nobody's")
    manifest = a_manifest(small)
    kept = small.shop.vault.get(manifest)
    small.age(2)
    alter(path_of(small, manifest))
    done = check(small)
    assert done.counts == {"altered": 1, "unreadable": 1}
    assert small.shop.vault.has(name)
    care = care_of(small)
    with pytest.raises(StoreError, match="seal"):
        unnamed(care.store, care.vault, care.index, [name])
    small.shop.vault.put(kept)
    small.age(2)
    done = check(small)
    assert (done.is_well, done.removed) == (True, 1)


def test_only_what_nothing_names_is_released(ageing: Ageing) -> None:
    care, page = care_of(ageing), a_page(ageing)
    sealed = ageing.shop.vault.get(a_manifest(ageing)).decode().splitlines()[0].split("  ")[0]
    free = ageing.shop.vault.put(b"free")
    ageing.age(2)
    names = [page, sealed, free, a_manifest(ageing)]
    assert release(care.store, care.vault, care.index, names) == [free]


def test_a_check_goes_on_where_it_stopped_in_another_process_too(small: Ageing) -> None:
    whole = check(small)
    done, slices = None, 0
    while done is None:
        care = Care(
            small.store, small.shop.vault, Index(small.settings.data_dir / "vault-index.db")
        )
        done = go_on(care, small.shop.at, seconds=-1)
        assert (under_way(care.index) is None) == (done is not None)
        slices += 1
    assert (done.files, done.size, done.counts) == (whole.files, whole.size, {})
    assert slices > whole.files


def test_a_lost_notebook_is_written_anew(small: Ageing) -> None:
    check(small)
    (small.settings.data_dir / "vault-index.db").unlink()
    small.age(2)
    done = check(small)
    assert (done.is_well, done.removed) == (True, 0)


def test_what_came_of_it_is_a_line_of_the_chain_and_bad_news_is_told(ageing: Ageing) -> None:
    done = check(ageing)
    with ageing.store.transaction() as session:
        keep(session, done, now=ageing.shop.at)
    with ageing.store.reading() as session:
        report = latest(session, ORG)
        assert report is not None
        assert (report.at, report.files, report.is_well) == (ageing.shop.at, done.files, True)
        assert not report.is_late(ageing.shop.at + timedelta(hours=47))
        assert report.is_late(ageing.shop.at + timedelta(hours=49))
        assert [row for row in session.scalars(select(AlertRow.rule)) if row == "AL10"] == []
    alter(path_of(ageing, a_page(ageing)))
    ageing.later()
    with ageing.store.transaction() as session:
        keep(session, check(ageing), now=ageing.shop.at)
    with ageing.store.reading() as session:
        report = latest(session, ORG)
        assert report is not None
        assert report.counts == {"altered": 1}
        told = session.scalars(
            select(AlertRow.recipient).where(AlertRow.rule == "AL10", AlertRow.org_id == ORG)
        ).all()
    assert {address.partition(".")[0] for address in told} == {"administrator", "auditor"}
