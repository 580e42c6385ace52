"""Accounts' secrets are sealed with a key outside the record, and outlive a change of that key."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select, update

from moderation.accounts import secret_store
from moderation.accounts.sealing import SealingKeys
from moderation.errors import SettingsError
from moderation.store import Store
from moderation.tables import AccountSecretRow
from tests.world import NOW, ORG, OTHER_ORG, World

TOKEN = "EAAB-canary-token"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "account-secrets.key"


def put(world: World, keys: SealingKeys, name: str = "access_token", value: str = TOKEN) -> None:
    with world.store.transaction() as session:
        secret_store.put(session, keys, world.accounts[ORG].id, name, value, now=NOW)


def get(world: World, keys: SealingKeys, name: str = "access_token") -> str:
    with world.store.reading() as session:
        return secret_store.get(session, keys, world.accounts[ORG].id, name)


def rows(store: Store) -> list[AccountSecretRow]:
    with store.reading() as session:
        return list(session.scalars(select(AccountSecretRow).order_by(AccountSecretRow.name)))


def test_a_secret_comes_back_and_nowhere_in_the_record_as_it_is(world: World, path: Path) -> None:
    keys = SealingKeys.of(path)
    put(world, keys)
    assert get(world, keys) == TOKEN
    assert get(world, keys, "another") == ""
    assert TOKEN.encode() not in rows(world.store)[0].sealed
    assert path.stat().st_mode & 0o077 == 0


def test_a_secret_given_again_takes_the_place_of_the_earlier_one(world: World, path: Path) -> None:
    keys = SealingKeys.of(path)
    put(world, keys)
    put(world, keys, value="new")
    assert get(world, keys) == "new"
    assert len(rows(world.store)) == 1


def test_a_secret_moved_to_another_account_does_not_open(world: World, path: Path) -> None:
    keys = SealingKeys.of(path)
    put(world, keys)
    other = world.accounts[OTHER_ORG].id
    with world.store.transaction() as session:
        session.execute(update(AccountSecretRow).values(account_id=other))
    with world.store.reading() as session, pytest.raises(SettingsError, match="reconnect"):
        secret_store.get(session, keys, other, "access_token")


def test_without_its_key_a_secret_does_not_open_and_the_error_says_what_to_do(
    world: World, path: Path, tmp_path: Path
) -> None:
    put(world, SealingKeys.of(path))
    with pytest.raises(SettingsError, match="does not hold") as told:
        get(world, SealingKeys.of(tmp_path / "other.key"))
    assert TOKEN not in str(told.value)


def test_rotation_seals_everything_anew_and_lets_the_old_key_go(world: World, path: Path) -> None:
    old = SealingKeys.of(path)
    for name in ("one", "two", "three"):
        put(world, old, name, f"value of {name}")
    assert secret_store.rotate(world.store, old) == 3
    new = SealingKeys.of(path)
    assert new.current != old.current
    assert [get(world, new, name) for name in ("one", "two", "three")] == [
        "value of one",
        "value of two",
        "value of three",
    ]
    assert old.current not in path.read_text()


def test_a_rotation_that_was_killed_goes_on_where_it_stopped(
    world: World, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = SealingKeys.of(path)
    for name in ("one", "two", "three"):
        put(world, old, name, f"value of {name}")
    whole = secret_store._reseal_one
    done: list[str] = []

    def dies_after_one(store: Store, keys: SealingKeys) -> bool:
        if done:
            raise KeyboardInterrupt
        done.append(keys.current)
        return whole(store, keys)

    monkeypatch.setattr(secret_store, "_reseal_one", dies_after_one)
    with pytest.raises(KeyboardInterrupt):
        secret_store.rotate(world.store, old)
    between = SealingKeys.of(path)
    assert {get(world, between, name) for name in ("one", "two")} == {
        "value of one",
        "value of two",
    }
    monkeypatch.setattr(secret_store, "_reseal_one", whole)
    assert secret_store.rotate(world.store, between) == 2
    assert {row.key_id for row in rows(world.store)} == {SealingKeys.of(path).current}


@pytest.mark.parametrize("content", ["", "abc", "id !!!", "id c2hvcnQ="])
def test_a_key_file_that_holds_something_else_is_refused(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(SettingsError, match="Put the right file back"):
        SealingKeys.of(path)


def test_a_secret_sealed_with_keys_that_were_read_before_a_rotation_opens_after_it(
    world: World, path: Path
) -> None:
    old = SealingKeys.of(path)
    put(world, old, "one")
    secret_store.rotate(world.store, old)
    put(world, old, "two", "renewed")
    assert get(world, SealingKeys.of(path), "two") == "renewed"
    assert get(world, old, "one") == TOKEN


def test_a_rotation_waits_for_a_secret_that_is_being_sealed(world: World, path: Path) -> None:
    keys = SealingKeys.of(path)
    put(world, keys, "one")
    rotating = Thread(target=secret_store.rotate, args=(world.store, keys))
    with world.store.transaction() as session:
        secret_store.put(session, keys, world.accounts[ORG].id, "session", "renewed", now=NOW)
        rotating.start()
        rotating.join(0.5)
        assert rotating.is_alive()
    rotating.join(30)
    assert len(path.read_text().splitlines()) == 1
    assert get(world, SealingKeys.of(path), "session") == "renewed"


def test_secrets_renewed_all_the_while_outlive_rotations_at_once(world: World, path: Path) -> None:
    keys = SealingKeys.of(path)
    renewing = [Thread(target=_renew, args=(world, keys, name)) for name in ("one", "two")]
    rotating = [Thread(target=_rotate_often, args=(world, keys)) for _ in range(2)]
    for thread in (*renewing, *rotating):
        thread.start()
    for thread in (*renewing, *rotating):
        thread.join(60)
    secret_store.rotate(world.store, keys)
    last = SealingKeys.of(path)
    assert {row.key_id for row in rows(world.store)} == {last.current}
    assert [get(world, last, name) for name in ("one", "two")] == ["value 19", "value 19"]


def _renew(world: World, keys: SealingKeys, name: str) -> None:
    for number in range(20):
        put(world, keys, name, f"value {number}")


def _rotate_often(world: World, keys: SealingKeys) -> None:
    for _ in range(5):
        secret_store.rotate(world.store, keys)
