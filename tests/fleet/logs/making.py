"""A maker's rules and the lines its update server would write."""

from datetime import UTC, datetime, timedelta

from okiagari.engines.accesslog import MONTHS

NOON = datetime(2016, 10, 28, 3, 0, tzinfo=UTC)
SIZE = 1000
RULES = """\
name: router-updates
skip:
  addresses: [198.51.100.0/24]
rules:
  - key: check
    kind: check
    path: /check
    query: {model: "{product}", ver: "{version}", sn: "{unit}"}
    products: {wng54: WN-G54/R2}
  - key: by-address
    kind: check
    path: /latest/{product}/{version}
    identify: address
  - key: image
    kind: download
    path: "/fw/wng54-{version}.bin"
    product: WN-G54/R2
    sizes: {"1.03": 1000}
  - key: shared
    kind: download
    path: "/line/{version}"
    line: wn-g54-r2
"""


def line(
    target: str,
    status: int = 200,
    size: int = SIZE,
    *,
    address: str = "203.0.113.7",
    minutes: float = 0,
    agent: str = "updater/1.0",
    method: str = "GET",
) -> str:
    at = NOON - timedelta(days=3) + timedelta(minutes=minutes)
    stamp = f"{at.day:02d}/{MONTHS[at.month - 1]}/{at:%Y:%H:%M:%S} +0000"
    return f'{address} - - [{stamp}] "{method} {target} HTTP/1.1" {status} {size} "-" "{agent}"'


def check(unit: str, version: str, **more: object) -> str:
    return line(f"/check?model=wng54&ver={version}&sn={unit}", **more)  # type: ignore[arg-type]


def text(*lines: str) -> bytes:
    return "".join(f"{each}\n" for each in lines).encode()
