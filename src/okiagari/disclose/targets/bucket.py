"""S3-compatible storage. It cannot switch: an order is kept instead (see `rules`).

In: a tree. Out: an object per file with its type, caching and hash; what is gone removed, last. What the
bucket holds is asked before and after; a run that was cut off is gone on with. Objects that never were the
site's are left alone. Credentials are those given, never those a machine finds by itself. No Django in here.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import botocore.session
from botocore import exceptions as wrong
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from okiagari.disclose.targets import rules
from okiagari.disclose.targets.problems import REFUSED, UNREACHABLE
from okiagari.disclose.targets.settings import BucketTarget
from okiagari.disclose.targets.ways import Differences, Outgoing, Sent, differences

_HASH = "sha256"
_ALONE = {
    "config_file": (None, None, "/dev/null", None),
    "credentials_file": (None, None, "/dev/null", None),
    "profile": (None, None, None, None),
}


def connected(target: BucketTarget, access: str, secret: str) -> Any:
    """A client of this storage alone: nothing of the machine's own AWS settings is read."""
    session = botocore.session.Session(session_vars=_ALONE)
    return session.create_client(
        "s3",
        region_name=target.region,
        endpoint_url=target.endpoint or None,
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        config=Config(
            connect_timeout=15,
            read_timeout=60,
            retries={"mode": "standard", "total_max_attempts": 3},
            s3={"addressing_style": "path" if target.endpoint else "auto"},
            # storage of others knows no newer checksums than MD5
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            ignore_configured_endpoint_urls=True,
        ),
    )


class BucketWay:
    def __init__(self, target: BucketTarget, client: Any) -> None:
        self.target = target
        self.client = client

    def send(self, tree: Outgoing) -> Sent:
        with _answered():
            work = rules.work(tree.files, self._held(tree), tree.ever)
            size = sum(self._put(tree, path) for path in work.put)
            for path in work.removed:
                self.client.delete_object(Bucket=self.target.bucket, Key=self._key(path))
        self.compare(tree).none_left()
        return Sent(len(work.put), size, len(work.removed))

    def compare(self, tree: Outgoing) -> Differences:
        with _answered():
            held = self._held(tree)
        ours = {path: sha256 for path, sha256 in held.items() if path in tree.files or path in tree.ever}
        return differences(tree.files, ours)

    def _key(self, path: str) -> str:
        return f"{self.target.prefix}{path}"

    def _put(self, tree: Outgoing, path: str) -> int:
        data = (tree.folder / path).read_bytes()
        self.client.put_object(
            Bucket=self.target.bucket,
            Key=self._key(path),
            Body=data,
            ContentMD5=base64.b64encode(_md5(data)).decode(),
            ContentType=rules.media_type(path),
            CacheControl=rules.caching(path),
            Metadata={_HASH: tree.files[path]},
        )
        return len(data)

    def _held(self, tree: Outgoing) -> dict[str, str]:
        """Path -> sha256, where what lies there is what the tree has; else its mark, whatever that says."""
        found = {}
        for path, size, mark in self._listed():
            wanted = tree.files.get(path)
            is_same = wanted is not None and self._is(tree.folder / path, path, size, mark)
            found[path] = wanted if wanted is not None and is_same else f"another: {mark}"
        return found

    def _is(self, place: Path, path: str, size: int, mark: str) -> bool:
        if place.stat().st_size != size:
            return False
        data = place.read_bytes()
        return mark == _md5(data).hex() or self._is_locked_same(path, data)

    def _is_locked_same(self, path: str, data: bytes) -> bool:
        """Where the storage encrypts, its mark says nothing; the hash that was sent along is asked for."""
        head = self.client.head_object(Bucket=self.target.bucket, Key=self._key(path))
        is_locked = str(head.get("ServerSideEncryption", "")).startswith("aws:kms")
        said: Mapping[str, str] = head.get("Metadata", {})
        return is_locked and said.get(_HASH) == hashlib.sha256(data).hexdigest()

    def _listed(self) -> Iterator[tuple[str, int, str]]:
        pages = self.client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self.target.bucket, Prefix=self.target.prefix):
            for each in page.get("Contents", ()):
                path = each["Key"].removeprefix(self.target.prefix)
                yield path, each["Size"], each["ETag"].strip('"')


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


_WHY: Mapping[type[BotoCoreError], str] = {
    wrong.ConnectTimeoutError: "connection timed out",
    wrong.EndpointConnectionError: "no connection",
    wrong.ProxyConnectionError: "no connection to the proxy",
    wrong.ReadTimeoutError: "no answer in time",
    wrong.ConnectionClosedError: "connection closed",
    wrong.SSLError: "the TLS certificate is not trusted",
}
"""What went wrong on the way, as short as ssh says it; of anything else the name its library gives it."""


@contextmanager
def _answered() -> Iterator[None]:
    """Errors of the storage as problems: its code and what was asked, never a key."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise REFUSED(why=f"{code} ({error.operation_name})") from None
    except BotoCoreError as error:
        raise UNREACHABLE(why=_WHY.get(type(error), type(error).__name__)) from None
    except OSError as error:
        raise REFUSED(why=error.strerror or error) from None
