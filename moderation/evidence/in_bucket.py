"""A vault's files in a bucket of an S3-compatible store; needs the extra `watchroom[s3]`."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from moderation.errors import EvidenceMissing, StoreError
from moderation.evidence.shelves import ALTERED, GONE, NOT_OURS, Look, is_ours

_SHELVES: Final = [f"{number:02x}" for number in range(256)]
_MISSING: Final = frozenset({"NoSuchKey", "404", "NotFound"})
# Renewed this lately, a file needs no call: it cannot be removed for many hours yet.
_SURE_S: Final = 3600.0
_REMEMBERED: Final = 10_000
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket, what its names begin with, and how it is reached.

    Empty texts leave endpoint, region and keys to what the machine has set for boto3. lock_days
    keeps the store itself from letting go of a file sooner; the bucket must offer object lock.
    """

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret_key: str = ""
    lock_days: int = 0


class Bucket:
    """Shelves in a bucket: a name is taken only while there is no file of that name."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._top = f"{place.prefix.strip('/')}/" if place.prefix.strip("/") else ""
        self._sure: dict[str, float] = {}
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=place.endpoint or None,
            region_name=place.region or None,
            aws_access_key_id=place.key_id or None,
            aws_secret_access_key=place.secret_key or None,
            config=Config(
                connect_timeout=5,
                read_timeout=60,
                retries={"mode": "standard", "total_max_attempts": 4},
                s3={"addressing_style": "path" if place.endpoint else "auto"},
            ),
        )

    def keep(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Keep files; the store answers once it holds them for good."""
        for name, data in files:
            if time.monotonic() - self._sure.get(name, -_SURE_S) >= _SURE_S:
                with self._asking():
                    self._keep(name, data)
                self._remember(name)

    def read(self, name: str) -> bytes:
        """Return the bytes under a name. Raises EvidenceMissing, or StoreError without answer."""
        with self._asking():
            try:
                answer = self._client.get_object(**self._at(name))
            except ClientError as err:
                if _code(err) in _MISSING:
                    raise EvidenceMissing(GONE.format(name=name, why="it is gone")) from err
                raise
            data: bytes = answer["Body"].read()
        return data

    def has(self, name: str) -> bool:
        """Say whether there is a file of that name."""
        with self._asking():
            return self._head(name) is not None

    def shelves(self) -> list[str]:
        """Return every shelf that there can be."""
        return list(_SHELVES)

    def on(self, shelf: str) -> list[str]:
        """Return the names on a shelf, in order."""
        top = f"{self._top}{shelf}/"
        with self._asking():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.place.bucket, Prefix=top
            )
            return sorted(
                found["Key"].removeprefix(top)
                for page in pages
                for found in page.get("Contents", ())
            )

    def look(self, shelf: str, name: str) -> Look:
        """Read one file from its first byte to its last."""
        if not is_ours(shelf, name):
            return Look(0, NOT_OURS)
        size, found = 0, hashlib.sha256()
        with self._asking():
            body = self._client.get_object(**self._at(name))["Body"]
            for block in body.iter_chunks(_BLOCK):
                size += len(block)
                found.update(block)
        return Look(size, "" if found.hexdigest() == name else ALTERED)

    def remove(self, name: str, older_than: timedelta) -> bool:
        """Remove every version of a file, unless one of them was put in lately."""
        with self._asking():
            kept = self._client.list_object_versions(
                Bucket=self.place.bucket, Prefix=self._key(name)
            )
            versions = [*kept.get("Versions", ()), *kept.get("DeleteMarkers", ())]
            newest = max((one["LastModified"] for one in versions), default=None)
            if newest is not None and datetime.now(UTC) - newest < older_than:
                return False
            # Each by the version that was looked at: what comes in meanwhile is another one.
            for one in versions:
                self._client.delete_object(**self._at(name), VersionId=one["VersionId"])
        self._sure.pop(name, None)
        return True

    def tidy(self, older_than: timedelta) -> None:
        """Do nothing: the store takes a file whole or not at all."""

    def _keep(self, name: str, data: bytes) -> None:
        try:
            self._write(name, data, IfNoneMatch="*")
        except ClientError as err:
            if _code(err) not in {"PreconditionFailed", "ConditionalRequestConflict", "412"}:
                raise
            self._renew(name, data)

    def _write(self, name: str, data: bytes, **more: Any) -> None:
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        if self.place.lock_days:
            until = datetime.now(UTC) + timedelta(days=self.place.lock_days)
            md5 = hashlib.md5(data, usedforsecurity=False).digest()
            more |= {
                "ObjectLockMode": "GOVERNANCE",
                "ObjectLockRetainUntilDate": until,
                # Some stores take no lock without it, whatever other checksum there is.
                "ContentMD5": base64.b64encode(md5).decode(),
            }
        self._client.put_object(**self._at(name), Body=data, ChecksumSHA256=digest, **more)

    def _renew(self, name: str, data: bytes) -> None:
        """Let a file that is there count as put in now; a damaged one is written anew."""
        body: bytes = self._client.get_object(**self._at(name))["Body"].read()
        if body != data:
            self._write(name, data)
            return
        source = {"Bucket": self.place.bucket, "Key": self._key(name)}
        self._client.copy_object(
            **self._at(name),
            CopySource=source,
            MetadataDirective="REPLACE",
            Metadata={"put-in": datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")},
        )

    def _head(self, name: str) -> Any:
        try:
            return self._client.head_object(**self._at(name))
        except ClientError as err:
            if _code(err) in _MISSING:
                return None
            raise

    def _at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.place.bucket, "Key": self._key(name)}

    def _key(self, name: str) -> str:
        return f"{self._top}{name[:2]}/{name}"

    def _remember(self, name: str) -> None:
        if len(self._sure) > _REMEMBERED:
            self._sure.clear()
        self._sure[name] = time.monotonic()

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Turn what the store or the way to it says into one line, without any key."""
        try:
            yield
        except (BotoCoreError, ClientError) as err:
            why = _code(err) if isinstance(err, ClientError) else type(err).__name__
            msg = (
                f"The evidence bucket {self.place.bucket} does not do what was asked ({why}). "
                "Check the WATCHROOM_VAULT_ settings and the rights of the key."
            )
            raise StoreError(msg) from err


def _code(err: ClientError) -> str:
    return str(err.response.get("Error", {}).get("Code", "no code"))
