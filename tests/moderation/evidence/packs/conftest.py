"""One rich pack for a whole module, on SQLite: making it costs a second, tampering a moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from moderation.settings import Settings
from moderation.store import Store
from tests.conftest import migrate
from tests.moderation.evidence.making import House
from tests.moderation.evidence.packs.rich import Unpacked, rich, unpacked, with_authority
from tests.servers import SqliteFiles
from tests.standins.stamp_authority import StampAuthority
from tests.world import fill


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StampAuthority]:
    """A time-stamp authority."""
    with StampAuthority(tmp_path_factory.mktemp("authority"), between=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def stamped_house(
    sqlite_files: SqliteFiles, authority: StampAuthority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house whose seals an authority stamps."""
    url = sqlite_files.copy_of("migrated", migrate)
    store = Store.open(url)
    data_dir = tmp_path_factory.mktemp("house")
    house = House(fill(store), Settings(data_dir=data_dir, database_url=""))
    yield with_authority(house, authority.authority())
    store.close()
    sqlite_files.discard(url)


@pytest.fixture(scope="module")
def genuine(
    stamped_house: House, authority: StampAuthority, tmp_path_factory: pytest.TempPathFactory
) -> Unpacked:
    """A police pack with everything in it; copy it before you change it."""
    place = tmp_path_factory.mktemp("genuine")
    rich(stamped_house, authority, place / "pack.zip")
    return unpacked(stamped_house, place / "pack.zip", place / "out")
