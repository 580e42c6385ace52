"""A vault in a bucket keeps the promises of one in a folder, against a real store over HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from moderation.errors import EvidenceMissing, SettingsError, StoreError
from moderation.evidence.in_bucket import Bucket, Place
from moderation.evidence.keeping import vault_of
from moderation.evidence.seal import SigningKey
from moderation.evidence.sealing import listing, seal_files
from moderation.evidence.vault import Vault
from moderation.settings import Settings
from tests.standins.bucket_store import KEY, REGION, SECRET, BucketStore, bucket_store

NONE = timedelta()


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "with versions"])
def store(request: pytest.FixtureRequest) -> Iterator[BucketStore]:
    with bucket_store(versions=request.param) as made:
        yield made


@pytest.fixture
def vault(store: BucketStore, request: pytest.FixtureRequest) -> Vault:
    return Vault(store.shelves(prefix=hashlib.sha256(request.node.name.encode()).hexdigest()[:8]))


@pytest.mark.parametrize("data", [b"", b"a", b"\0\xff" * 1000, b"x" * 3_000_000])
def test_what_is_put_comes_back_under_its_sha256(vault: Vault, data: bytes) -> None:
    name = vault.put(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert vault.has(name)
    assert vault.get(name) == data


def test_names_and_places_are_those_of_a_folder(vault: Vault, tmp_path: Path) -> None:
    folder = Vault(tmp_path)
    names = vault.put_many([b"b", b"a", b"b"])
    assert names == folder.put_many([b"b", b"a", b"b"])
    assert [vault.place(name) for name in names] == [folder.place(name) for name in names]
    first = names[0]
    assert vault.shelves.on(first[:2]) == [first]


def test_a_seal_made_in_a_bucket_is_read_from_it(vault: Vault, tmp_path: Path) -> None:
    sealed = seal_files({"text.txt": b"words"}, vault, SigningKey.of(tmp_path))
    found = listing(vault, sealed.path, sealed.manifest_sha256)
    assert vault.get(found.files["text.txt"]) == b"words"


def test_a_file_is_never_written_over(store: BucketStore, vault: Vault) -> None:
    name = vault.put(b"once")
    key = next(key for key in store.names() if key.endswith(name))
    first = store.client.head_object(Bucket=store.bucket, Key=key)
    other = Vault(Bucket(store.place(prefix=key.partition("/")[0])))
    assert other.put(b"once") == name
    again = store.client.head_object(Bucket=store.bucket, Key=key)
    assert again["ETag"] == first["ETag"]
    assert again["Metadata"]["put-in"], "it counts as put in now"
    assert vault.get(name) == b"once"


def _alter(store: BucketStore, name: str, data: bytes = b"altered") -> None:
    key = next(key for key in store.names() if key.endswith(name))
    store.client.put_object(Bucket=store.bucket, Key=key, Body=data)


def test_an_altered_file_is_refused_found_and_mended(store: BucketStore, vault: Vault) -> None:
    name = vault.put(b"sealed")
    _alter(store, name)
    with pytest.raises(EvidenceMissing, match="altered"):
        vault.get(name)
    assert [(fault.path, fault.why) for fault in vault.rehash()] == [(vault.place(name), "altered")]
    fresh = Vault(Bucket(_place_of(vault)))
    fresh.put(b"sealed")
    assert fresh.get(name) == b"sealed"


def _place_of(vault: Vault) -> Place:
    shelves = vault.shelves
    assert isinstance(shelves, Bucket)
    return shelves.place


def test_what_is_gone_is_missing(vault: Vault) -> None:
    name = vault.put(b"here")
    assert vault.remove(name, NONE)
    assert not vault.has(name)
    with pytest.raises(EvidenceMissing, match="gone"):
        vault.get(name)
    assert vault.put(b"here") == name
    assert vault.get(name) == b"here"


def test_what_was_put_in_lately_is_not_removed(vault: Vault) -> None:
    name = vault.put(b"about to be named by a record")
    assert not vault.remove(name)
    assert vault.get(name)


def test_a_whole_bucket_is_read_again_without_a_fault(vault: Vault) -> None:
    vault.put_many([bytes([n]) for n in range(30)])
    assert list(vault.rehash()) == []


def test_no_version_of_a_removed_file_is_left(store: BucketStore, vault: Vault) -> None:
    name = vault.put(b"seal me")
    _alter(store, name)
    assert vault.remove(name, NONE)
    left = store.client.list_object_versions(Bucket=store.bucket).get("Versions", [])
    assert not [one for one in left if one["Key"].endswith(name)]


def test_a_store_that_is_away_or_refuses_says_so_in_one_line_without_the_key() -> None:
    with bucket_store() as made:
        place = made.place()
        vault = Vault(Bucket(Place("nowhere", "x", made.endpoint, REGION, KEY, SECRET)))
        with pytest.raises(StoreError, match="NoSuchBucket"):
            vault.put(b"x")
    away = Vault(Bucket(place))
    with pytest.raises(StoreError) as refused:
        away.put(b"x")
    assert "\n" not in str(refused.value)
    assert SECRET not in str(refused.value)


def test_where_the_bucket_offers_locks_a_file_is_held_there_too() -> None:
    with bucket_store(versions=True, locks=True) as made:
        vault = Vault(made.shelves(lock_days=30))
        name = vault.put(b"held")
        key = made.names()[0]
        said = made.client.head_object(Bucket=made.bucket, Key=key)
        assert said["ObjectLockMode"] == "GOVERNANCE"
        with pytest.raises(StoreError, match="AccessDenied"):
            vault.remove(name, NONE)
        assert vault.get(name) == b"held"


def test_the_settings_choose_the_bucket(store: BucketStore) -> None:
    settings = Settings.from_env(
        {
            "WATCHROOM_VAULT_URL": f"s3://{store.bucket}/by/settings/",
            "WATCHROOM_VAULT_ENDPOINT": store.endpoint,
            "WATCHROOM_VAULT_REGION": REGION,
            "WATCHROOM_VAULT_KEY_ID": KEY,
            "WATCHROOM_VAULT_SECRET_KEY": SECRET,
        }
    )
    name = vault_of(settings).put(b"by settings")
    assert f"by/settings/{name[:2]}/{name}" in store.names()
    assert SECRET not in repr(settings)


@pytest.mark.parametrize("url", ["http://bucket/x", "s3:///x", "bucket", "s3://b?x=1"])
def test_an_address_that_is_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="WATCHROOM_VAULT_URL"):
        Settings.from_env({"WATCHROOM_VAULT_URL": url})
