"""S3-compatible storage on loopback, by moto."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from moto.server import ThreadedMotoServer

from okiagari.disclose.targets.bucket import connected
from okiagari.disclose.targets.settings import BucketTarget

BUCKET = "maker-security"
KEYS = ("AKIAEXAMPLE", "secret-of-the-storage")


@dataclass(frozen=True)
class Storage:
    endpoint: str

    def target(self, *, prefix: str = "", bucket: str = BUCKET, name: str = "bucket") -> BucketTarget:
        return BucketTarget(name=name, public=True, bucket=bucket, prefix=prefix, endpoint=self.endpoint)

    def client(self) -> Any:
        return _client(self)

    def empty(self, bucket: str = BUCKET) -> None:
        """A new bucket, or one with nothing in it."""
        client = self.client()
        client.create_bucket(Bucket=bucket)
        for key in self.objects(bucket):
            client.delete_object(Bucket=bucket, Key=key)

    def objects(self, bucket: str = BUCKET) -> dict[str, bytes]:
        """Key -> bytes of everything there."""
        client = self.client()
        found = {}
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for each in page.get("Contents", ()):
                body = client.get_object(Bucket=bucket, Key=each["Key"])["Body"]
                with body:
                    found[each["Key"]] = body.read()
        return found


@cache
def _client(storage: Storage) -> Any:
    return connected(storage.target(), *KEYS)


@contextmanager
def served() -> Iterator[Storage]:
    """Runs until the block ends."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield Storage(f"http://{host}:{port}")
    finally:
        server.stop()
