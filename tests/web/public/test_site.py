"""The published site as it is served: types, folders, validators; nothing outside of it, ever."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client


def body(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_folder_shows_its_index(client: Client, site_dir: Path) -> None:
    assert body(client, "/security/") == b"<h1>Site</h1>"
    assert body(client, "/security/ja/").decode() == "<h1>一覧</h1>"
    moved = client.get("/security/ja?x=1")
    assert (moved.status_code, moved["Location"]) == (301, "ja/?x=1")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.json", "application/json"),
        ("feed.xml", "application/xml"),
        ("a.json.sha256", "text/plain; charset=utf-8"),
        ("a.json.asc", "text/plain; charset=utf-8"),
        ("security.txt", "text/plain; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(client: Client, site_dir: Path, name: str, kind: str) -> None:
    (site_dir / name).write_text("x")
    response = client.head(f"/security/{name}")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == (kind, "nosniff")
    assert response["Content-Length"] == "1"


def test_programs_of_other_sites_may_read_documents(client: Client, site_dir: Path) -> None:
    (site_dir / "a.json").write_text("{}")
    assert client.head("/security/a.json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.head("/security/index.html")


def test_who_has_it_already_is_told_so(client: Client, site_dir: Path) -> None:
    first = client.head("/security/index.html")
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get("/security/index.html", headers=header).status_code == 304
    os.utime(site_dir / "index.html", (10**9, 10**9))
    changed = client.head("/security/index.html", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_a_switch_is_seen_at_once(client: Client, site_dir: Path) -> None:
    other = site_dir.with_name("two")
    other.mkdir()
    (other / "index.html").write_text("new")
    link = site_dir.parents[1] / "current"
    fresh = link.with_name("fresh")
    fresh.symlink_to("trees/two")
    fresh.replace(link)
    assert body(client, "/security/") == b"new"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "ja/../../secret.txt",
        "ja/..%2f..%2f..%2fsecret.txt",
        "%2e%2e/%2e%2e/secret.txt",
        "..\\..\\secret.txt",
        "%00",
        "index.html%00.txt",
        "//etc/passwd",
        "link.txt",
        "folder/secret.txt",
        ".hidden",
        "index.html/",
        "x" * 5000,
        "ja/nothing.html",
    ],
)
def test_there_is_no_way_out_of_the_tree(client: Client, site_dir: Path, path: str) -> None:
    outside = site_dir.parents[1] / "secret.txt"
    outside.write_text("behind the wall")
    (site_dir / "link.txt").symlink_to(outside)
    (site_dir / "folder").symlink_to(site_dir.parents[1])
    (site_dir / ".hidden").write_text("behind the wall")
    response = client.get("/security/" + path)
    assert response.status_code == 404
    assert b"behind the wall" not in response.content


def test_names_in_japanese_are_found(client: Client, site_dir: Path) -> None:
    (site_dir / "お知らせ.html").write_text("ok")
    assert body(client, "/security/" + quote("お知らせ.html")) == b"ok"


def test_the_well_known_place_leads_to_the_same_tree(client: Client, site_dir: Path) -> None:
    (site_dir / ".well-known").mkdir()
    (site_dir / ".well-known" / "security.txt").write_text("Contact: x")
    assert body(client, "/.well-known/security.txt") == b"Contact: x"
    assert body(client, "/security/.well-known/security.txt") == b"Contact: x"
    assert client.get("/.well-known/../index.html").status_code == 404


def test_before_the_first_publication_the_page_says_so(client: Client, site_dir: Path, db: None) -> None:
    (site_dir.parents[1] / "current").unlink()
    response = client.get("/security/", headers={"Accept-Language": "en"})
    assert response.status_code == 404
    assert b"Nothing has been published yet." in response.content


def test_nobody_writes_to_the_site(client: Client, site_dir: Path) -> None:
    assert client.post("/security/index.html").status_code == 405


def test_the_site_sets_no_cookie(client: Client, site_dir: Path) -> None:
    assert not client.head("/security/").cookies
