"""Targets are read from a text that cannot lead astray; their order at storage keeps lists true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.config import environment
from okiagari.disclose.targets import rules
from okiagari.disclose.targets.settings import NotATargetError, read, read_keys
from okiagari.problems import Problem

GOOD = """
[[target]]
name = "web"
kind = "folder"
path = "/srv/www/security"

[[target]]
name = "mirror"
kind = "rsync"
host = "web1.maker.example"
user = "okiagari"
path = "/srv/www/security"
known_hosts = "/etc/okiagari/known_hosts"

[[target]]
name = "bucket"
kind = "s3"
bucket = "maker-security"
prefix = "security/"
endpoint = "https://s3.maker.example"
public = true
"""


def test_three_kinds_are_read() -> None:
    folder, rsync, bucket = read(GOOD)
    assert [each.where for each in (folder, rsync, bucket)] == [
        "/srv/www/security",
        "okiagari@web1.maker.example:/srv/www/security",
        "s3://maker-security/security/",
    ]
    assert [each.public for each in (folder, rsync, bucket)] == [False, False, True]
    assert read("") == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('name = "web"', 'name = "../web"'),
        ('name = "web"', 'name = "mirror"'),
        ('path = "/srv/www/security"', 'path = "/srv/../etc"'),
        ('path = "/srv/www/security"', 'path = "www"'),
        ('path = "/srv/www/security"', 'path = "/"'),
        ('path = "/srv/www/security"', 'path = "/srv/$(id)"'),
        ('path = "/srv/www/security"', 'path = "/srv/\'; rm -rf x"'),
        ('host = "web1.maker.example"', 'host = "-oProxyCommand=id"'),
        ('user = "okiagari"', 'user = "-l root"'),
        ('known_hosts = "/etc/okiagari/known_hosts"', 'known_hosts = "/etc/known hosts"'),
        ('known_hosts = "/etc/okiagari/known_hosts"', ""),
        ('prefix = "security/"', 'prefix = "../"'),
        ('prefix = "security/"', 'prefix = "security"'),
        ('endpoint = "https://s3.maker.example"', 'endpoint = "http://s3.maker.example"'),
        ('endpoint = "https://s3.maker.example"', 'endpoint = "http://169.254.169.254"'),
        ('endpoint = "https://s3.maker.example"', 'endpoint = "https://169.254.169.254"'),
        ('endpoint = "https://s3.maker.example"', 'endpoint = "https://key:secret@s3.maker.example"'),
        ('endpoint = "https://s3.maker.example"', 'endpoint = "file:///etc"'),
        ("public = true", 'secret_key = "abc"'),
        ('kind = "s3"', 'kind = "ftp"'),
        ("[[target]]", "[[target"),
    ],
)
def test_what_leads_astray_stops_the_start(before: str, after: str) -> None:
    assert before in GOOD
    with pytest.raises(NotATargetError):
        read(GOOD.replace(before, after))


def test_storage_on_this_machine_may_do_without_tls() -> None:
    assert read(GOOD.replace("https://s3.maker.example", "http://127.0.0.1:9000"))


def test_the_environment_names_targets_and_never_repeats_a_secret(tmp_path: object) -> None:
    variables = {"OKIAGARI_DATA": str(tmp_path), "OKIAGARI_TARGETS": GOOD}
    keys = {"OKIAGARI_S3_KEYS": "bucket AKIA very-secret\n"}
    found = environment.read({**variables, **keys})
    assert [each.name for each in found.targets] == ["web", "mirror", "bucket"]
    assert found.s3_keys == {"bucket": ("AKIA", "very-secret")}
    assert "very-secret" not in repr(found)
    for wrong in ({"OKIAGARI_S3_KEYS": "bucket very-secret"}, {"OKIAGARI_TARGETS": "x = very-secret"}):
        with pytest.raises(Problem) as refusal:
            environment.read({**variables, **wrong})
        assert "very-secret" not in refusal.value.message + refusal.value.hint


def test_a_file_in_the_data_folder_names_targets(tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("data")
    (data / "targets.toml").write_text(GOOD)
    assert len(environment.read({"OKIAGARI_DATA": str(data)}).targets) == 3
    assert environment.read({"OKIAGARI_DATA": str(data), "OKIAGARI_TARGETS": ""}).targets == ()


def test_keys_are_one_line_each() -> None:
    assert read_keys("\na K S\n\nb L T") == {"a": ("K", "S"), "b": ("L", "T")}
    with pytest.raises(NotATargetError):
        read_keys("a K S extra")


PATHS = st.sampled_from(
    [
        ".well-known/csaf/provider-metadata.json",
        "csaf/changes.csv",
        "csaf/feed-tlp-white.json",
        "csaf/feed-tlp-white.json.asc",
        "csaf/2015/sa-1.json",
        "csaf/2015/sa-1.json.sha256",
        "index.html",
        "ja/feed.xml",
        "ja/index.html",
        "ja/models/wn.html",
        "ja/sa-1.html",
        "public.css",
        "openvex/sa-1.json",
    ]
)
TREES = st.dictionaries(PATHS, st.sampled_from(["1", "2"]))


@settings(max_examples=60)
@given(TREES, TREES, st.sets(PATHS))
def test_what_is_put_and_removed_makes_the_tree_and_spares_what_is_others(
    wanted: dict[str, str], held: dict[str, str], ours: set[str]
) -> None:
    work = rules.work(wanted, held, ours)
    now = dict(held)
    now.update({path: wanted[path] for path in work.put})
    for path in work.removed:
        assert path in ours
        del now[path]
    assert {path: now[path] for path in wanted} == wanted
    assert now.keys() - wanted.keys() == held.keys() - wanted.keys() - ours
    assert not any(held.get(path) == wanted[path] for path in work.put)


def test_documents_go_before_pages_before_lists_before_the_entrance() -> None:
    wanted = {
        "csaf/provider-metadata.json": "2",
        "csaf/feed-tlp-white.json": "2",
        "csaf/feed-tlp-white.json.asc": "2",
        "ja/index.html": "2",
        "models/wn.json": "2",
        "ja/sa-1.html": "2",
        "csaf/2015/sa-1.json": "2",
        "csaf/2015/sa-1.json.asc": "2",
        "csaf/2015/sa-2.json": "2",
    }
    held = dict.fromkeys(wanted, "1")
    del held["csaf/2015/sa-2.json"]
    assert rules.work(wanted, held, ()).put == (
        "csaf/2015/sa-2.json",
        "csaf/2015/sa-1.json",
        "csaf/2015/sa-1.json.asc",
        "ja/sa-1.html",
        "csaf/feed-tlp-white.json",
        "csaf/feed-tlp-white.json.asc",
        "ja/index.html",
        "models/wn.json",
        "csaf/provider-metadata.json",
    )


def test_types_and_caching() -> None:
    assert rules.media_type("a/b.json.asc") == "text/plain; charset=utf-8"
    assert rules.media_type("a/b.unknown") == "application/octet-stream"
    assert rules.caching("ja/index.html") == "public, max-age=60"
    assert rules.caching("csaf/2015/sa-1.json") == "public, max-age=300"


def test_pauses_grow_to_an_hour() -> None:
    seconds = [rules.pause(attempts).seconds for attempts in range(1, 12)]
    assert seconds == sorted(seconds)
    assert (seconds[0], seconds[-1]) == (10, 3600)
