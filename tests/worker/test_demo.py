"""The demo is loaded into an empty store alone, and what it shows is what the product does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from moderation import audit, invariants, people, signing_in
from moderation.access import Actor, Role
from moderation.lifecycle import ItemState
from moderation.queries import queue
from moderation.queries.views import View
from moderation.settings import Settings
from moderation.store import Store
from moderation.tables import (
    AlertRow,
    CaseRow,
    DecisionRow,
    ItemRow,
    JobRow,
    JobState,
    OrganisationRow,
    PlatformActionRow,
    SummaryRow,
    UserRow,
)
from tests.conftest import migrate
from tests.servers import SqliteFiles, wait_until
from tests.world import ORG, World
from worker import demo
from worker.demo import material, showing
from worker.demo.story import Story
from worker.workshop import Workshop


@pytest.fixture(scope="module")
def shop(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The parts of a process over a store with the demo in it, which the tests share."""
    url = sqlite_files.copy_of("migrated", migrate)
    settings = Settings(data_dir=tmp_path_factory.mktemp("demo"), database_url=url)
    made = Workshop(settings, Store.open(url))
    said: list[str] = []
    assert demo.may_load(made)
    demo.load(made, say=said.append)
    assert said
    yield made
    made.store.close()


def count(shop: Workshop, table: type) -> int:
    with shop.store.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def actor(shop: Workshop, role: Role) -> Actor:
    with shop.store.reading() as session:
        row = session.scalars(select(UserRow).where(UserRow.role == role)).one()
    return Actor(row.name, row.org_id, row.role, row.id)


def test_nothing_is_lost_or_half_done_after_three_weeks(shop: Workshop) -> None:
    with shop.store.reading() as session:
        assert list(invariants.broken(session)) == []
        assert audit.verify(session).broken_at == 0
        assert set(session.scalars(select(JobRow.state))) == {JobState.DONE}


def test_it_has_something_to_show_on_every_page(shop: Workshop) -> None:
    assert count(shop, ItemRow) >= 300
    for table in (DecisionRow, PlatformActionRow, CaseRow, AlertRow, SummaryRow):
        assert count(shop, table) > 0, table.__tablename__


def test_it_is_marked_as_invented_and_never_joined_by_a_second_one(shop: Workshop) -> None:
    with shop.store.reading() as session:
        organisation = session.scalars(select(OrganisationRow)).one()
    assert organisation.demo
    assert "invented" in organisation.name
    assert not demo.may_load(shop)


def test_it_is_never_loaded_beside_somebodys_own_data(sqlite_world: World, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="")
    assert not demo.may_load(Workshop(settings, sqlite_world.store))


def test_it_is_not_loaded_beside_an_organisation_that_is_not_invented(
    sqlite_world: World, tmp_path: Path
) -> None:
    with sqlite_world.store.transaction() as session:
        session.execute(update(OrganisationRow).where(OrganisationRow.id == ORG).values(demo=True))
    assert not demo.may_load(Workshop(Settings(tmp_path, ""), sqlite_world.store))


def test_a_demo_that_was_cut_off_is_made_again_from_nothing(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_store.write_engine.url.render_as_string()
    made = Workshop(Settings(data_dir=tmp_path, database_url=url), sqlite_store)
    said: list[str] = []

    def cut_off(_story: Story, until: datetime) -> None:
        raise KeyboardInterrupt(until)

    monkeypatch.setattr(Story, "live", cut_off)
    with pytest.raises(KeyboardInterrupt):
        demo.load(made, say=said.append)
    assert count(made, UserRow) == len(material.PEOPLE)
    assert demo.may_load(made)
    monkeypatch.setattr(Story, "live", lambda _story, until: until)
    demo.load(made, say=said.append)
    assert count(made, UserRow) == len(material.PEOPLE)
    assert not demo.may_load(made)


def test_what_cannot_wait_stands_on_top_of_the_queue(shop: Workshop) -> None:
    lead = actor(shop, Role.COMMS_LEAD)
    with shop.store.reading() as session:
        items = [one.item for one in queue.page(session, lead, View(), now=shop.now()).lines]
        everything = session.scalars(select(ItemRow).where(ItemRow.state == ItemState.REVIEW)).all()
    urgent = {item.id for item in everything if item.urgent}
    assert 0 < len(urgent) < len(items)
    assert {item.id for item in items[: len(urgent)]} == urgent
    ranks = [item.queue_rank or 0 for item in items]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, name, _ in material.PEOPLE])
def test_there_is_a_person_for_each_role_who_can_sign_in(
    shop: Workshop, role: Role, name: str
) -> None:
    address = material.email(name)
    with shop.store.transaction() as session:
        found = signing_in.candidate(session, address)
        assert people.password_fits(found.password_hash, material.PASSWORD)
        signed_in = signing_in.succeed(
            session, found, address, "test", material.PASSWORD, now=shop.now()
        )
    assert signed_in is not None
    assert signed_in.role is role


def test_no_role_is_left_out() -> None:
    assert {role for role, _, _ in material.PEOPLE} == set(Role)


def test_the_welcome_names_the_address_and_every_sign_in(shop: Workshop) -> None:
    said = demo.welcome(shop)
    assert shop.settings.base_url in said
    assert material.PASSWORD in said
    assert all(material.email(name) in said for _, name, _ in material.PEOPLE)


def test_a_store_without_people_is_welcomed_with_how_to_add_one(
    sqlite_store: Store, tmp_path: Path
) -> None:
    said = demo.welcome(Workshop(Settings(data_dir=tmp_path, database_url=""), sqlite_store))
    assert "watchroom users add" in said
    assert material.PASSWORD not in said


def test_the_last_comments_arrive_while_somebody_watches(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "LIVE_EVERY_S", 0.001)
    folder = shop.settings.data_dir / "demo"
    kept = [json.loads(line) for line in (folder / "live.jsonl").read_text().splitlines()]
    assert kept
    stop = threading.Event()
    thread = demo.start_live_feed(shop, stop)
    wait_until(lambda: not (folder / "live.jsonl").exists(), "the last comment")
    stop.set()
    thread.join(15)
    [last] = [
        json.loads(line)
        for line in (folder / f"{kept[-1]['account']}.jsonl").read_text().splitlines()
        if json.loads(line)["id"] == kept[-1]["record"]["id"]
    ][-1:]
    assert last["text"] == kept[-1]["record"]["text"]


def test_every_comment_lies_in_the_three_weeks_before_today(shop: Workshop) -> None:
    today = shop.now().date()
    days = [(today - line.at.date()).days for line in material.feed(today)]
    assert min(days) >= 0
    assert max(days) <= material.DAYS
    assert timedelta(days=max(days) - min(days)) >= timedelta(weeks=2)
