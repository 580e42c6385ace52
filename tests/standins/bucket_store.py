"""An S3-compatible store on this machine, over HTTP, with one bucket; a test may make it fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from moderation.evidence.in_bucket import Bucket, Place

KEY, SECRET, REGION = "key", "for-nobody-else-42", "eu-west-2"


_NUMBERS = count(1)


@dataclass(frozen=True)
class BucketStore:
    """Where the store answers, and a client that looks behind the product's back."""

    endpoint: str
    bucket: str
    client: Any

    def place(self, prefix: str = "watchroom", **more: Any) -> Place:
        return Place(self.bucket, prefix, self.endpoint, REGION, KEY, SECRET, **more)

    def shelves(self, prefix: str = "watchroom", **more: Any) -> Bucket:
        return Bucket(self.place(prefix, **more))

    def names(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket=self.bucket)
        return [one["Key"] for one in found.get("Contents", ())]


@contextmanager
def bucket_store(*, versions: bool = False, locks: bool = False) -> Iterator[BucketStore]:
    """Run the store; versions and locks say what its bucket offers."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    # Every store of one process has the same buckets.
    bucket = f"evidence-{next(_NUMBERS)}"
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    )
    try:
        client.create_bucket(
            Bucket=bucket,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=locks,
        )
        if versions:
            client.put_bucket_versioning(
                Bucket=bucket, VersioningConfiguration={"Status": "Enabled"}
            )
        yield BucketStore(endpoint, bucket, client)
        client.close()
    finally:
        server.stop()
