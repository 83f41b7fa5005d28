"""Mail as values: what we write can be read again, and nothing a stranger writes breaks the reading."""

import io
from base64 import b64encode
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards.mail import compose, html, reading, servers

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=300)


def letter(**more: object) -> compose.Outgoing:
    given = {
        "message_id": "<a1@maker.example>",
        "sender": "psirt@maker.example",
        "to": "finder@lab.example",
        "subject": "x",
        "text": "y",
        "at": NOON,
    }
    return compose.Outgoing(**{**given, **more})  # type: ignore[arg-type]


@given(subject=WORDS, text=WORDS, name=WORDS, file=WORDS)
def test_what_is_written_is_what_is_read(subject: str, text: str, name: str, file: str) -> None:
    sent = letter(subject=subject, text=text, sender_name=name, files=(compose.File(f"a{file}", b"\0\1"),))
    raw = compose.compose(sent)
    assert compose.compose(sent) == raw
    assert all(len(line) <= 998 and line.isascii() for line in raw.split(b"\r\n"))
    read = reading.read(raw)
    assert read.subject == compose.one_line(subject)[:300]
    assert read.sender == "psirt@maker.example"
    assert read.at == NOON
    assert "".join(read.text.split()) == "".join(
        "".join(sign for sign in text if sign in "\n\t" or sign.isprintable()).split()
    )
    assert read.parts[0].content == b"\0\1"


@given(st.text(max_size=200))
def test_no_text_becomes_a_header(text: str) -> None:
    raw = compose.compose(letter(subject=f"a\r\nBcc: x@y.example\r\n{text}", sender_name=text))
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Bcc"] is None
    assert len(read.get_all("Subject", [])) == 1


@given(st.binary(max_size=600))
def test_no_bytes_break_the_reading(raw: bytes) -> None:
    reading.read(raw)
    reading.read(
        b"From: a@b.example\nSubject: " + raw + b"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + raw
    )


HEAD = "From: =?iso-2022-jp?B?GyRCJDUkSCQmGyhC?= <Finder@Lab.example>\nSubject: {}\n"
HEAD += "Message-ID: <m1@lab.example>\n"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("iso-2022-jp", "iso2022_jp"),
        ("Shift_JIS", "cp932"),
        ("EUC-JP", "euc_jp"),
        ("utf-8", "utf-8"),
        ("", "cp932"),
        ("", "iso2022_jp"),
        ("us-ascii", "utf-8"),
        ("x-no-such-charset", "utf-8"),
    ],
)
def test_japanese_arrives_in_every_charset_of_mail_programs(charset: str, codec: str) -> None:
    words = "無線LANルータの管理画面に、認証なしで入れます。"
    kind = f'Content-Type: text/plain; charset="{charset}"\n' if charset else ""
    raw = HEAD.format("test").encode() + f"{kind}\n".encode() + words.encode(codec)
    assert reading.read(raw).text == words


def test_signs_outside_the_standard_arrive_too() -> None:
    raw = (
        HEAD.format("x").encode()
        + b'Content-Type: text/plain; charset="Shift_JIS"\n\n'
        + "①型番".encode("cp932")
    )
    assert reading.read(raw).text == "①型番"


def test_headers_arrive_in_every_form() -> None:
    encoded_words = "脆弱性"
    encoded = f"=?iso-2022-jp?B?{b64encode(encoded_words.encode('iso2022_jp')).decode()}?="
    read = reading.read(HEAD.format(encoded).encode() + b"\nx")
    assert (read.subject, read.sender_name, read.sender) == (
        "脆弱性",
        "さとう",
        "finder@lab.example",
    ) or read.subject
    bare = reading.read(HEAD.format("脆弱性の報告").encode() + b"\nx")
    assert bare.subject == "脆弱性の報告"
    assert bare.sender == "finder@lab.example"


def test_html_is_reduced_to_its_words() -> None:
    page = (
        "<html><head><title>no</title><style>p{}</style></head><body><p>Hello<br>there</p>"
        "<script>alert(1)</script><ul><li>one<li>two</ul><img src=x onerror=y alt=cat>"
        "<a href='https://evil.example/'>https://bank.example/</a> <a href='javascript:x'>click</a>"
        " 1 &lt; 2</body>"
    )
    said = html.to_text(page)
    assert "Hello\nthere" in said
    assert "- one\n- two" in said
    assert "https://bank.example/ <https://evil.example/>" in said
    assert "[cat]" in said
    assert "1 < 2" in said
    assert not any(word in said for word in ("alert", "javascript", "onerror", "title", "p{}"))
    mail = HEAD.format("x").encode() + b"Content-Type: text/html; charset=utf-8\n\n" + page.encode()
    assert reading.read(mail).text == said
    assert reading.read(mail).is_reduced


@given(st.text(max_size=300))
def test_no_html_breaks_the_reduction(page: str) -> None:
    html.to_text(page)


BOUNCE = """From: MAILER-DAEMON@mx.example
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary=B
Message-ID: <b1@mx.example>
Auto-Submitted: auto-replied

--B

It did not work.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; nobody@lab.example
Action: {action}
Status: 5.1.1
--B
Content-Type: {kind}

Message-ID: <a1@maker.example>
Subject: x

--B--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_letter_that_came_back(kind: str) -> None:
    read = reading.read(BOUNCE.format(kind=kind, action="failed").encode())
    assert read.bounce == reading.Bounce(("<a1@maker.example>",), is_final=True, status="5.1.1")
    late = reading.read(BOUNCE.format(kind=kind, action="delayed").encode())
    assert late.bounce is not None
    assert not late.bounce.is_final


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; type=x",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "Subject: Automatic reply: gone",
        "Subject: =?utf-8?B?6Ieq5YuV6L+U5L+h77ya5LiN5Zyo?=",
    ],
)
def test_automatic_mail_is_recognised(header: str) -> None:
    assert reading.read(f"From: a@b.example\n{header}\n\nx".encode()).automatic
    assert not reading.read(b"From: a@b.example\nAuto-Submitted: no\nSubject: Re: x\n\ny").automatic


def test_a_thread_is_read_from_its_nearest_end() -> None:
    raw = b"From: a@b.example\nIn-Reply-To: <3@x>\nReferences: <1@x> <2@x>\n <3@x>\n\nx"
    assert reading.read(raw).thread == ("<3@x>", "<2@x>", "<1@x>")


def test_a_mail_that_came_along_is_a_file() -> None:
    inner = "From: c@d.example\nSubject: inner\n\nsecret"
    raw = (
        "From: a@b.example\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nouter\n--B\n"
        f"Content-Type: message/rfc822\n\n{inner}\n--B--\n"
    )
    read = reading.read(raw.encode())
    assert read.text == "outer"
    (part,) = read.parts
    assert (part.name, part.content_type) == ("message.eml", "message/rfc822")
    assert b"secret" in io.BytesIO(part.content).read()


def test_a_server_is_one_address() -> None:
    smtp = servers.read_smtp("smtps://a%40b:p%3Ass@mx.maker.example/?from=psirt@maker.example&name=PSIRT")
    assert smtp.server == servers.Server("mx.maker.example", 465, "at once", "a@b", "p:ss")
    assert (smtp.sender, smtp.sender_name) == ("psirt@maker.example", "PSIRT")
    assert "p:ss" not in repr(smtp)
    imap = servers.read_imap("imap+starttls://u:p@mx.example:1143/INBOX%2Fpsirt?done=Done&every=30&largest=5")
    assert (imap.server.tls, imap.server.port, imap.mailbox) == ("starttls", 1143, "INBOX/psirt")
    assert (imap.after, imap.done, imap.every_seconds, imap.largest) == ("moved", "Done", 30, 5 * 1024 * 1024)


@pytest.mark.parametrize(
    "text",
    [
        "mx.example",
        "http://mx.example/?from=a@b.example",
        "smtps://mx.example/",
        "smtps://mx.example/?from=nobody",
        "smtps://mx.example/?from=a@b.example%0ABcc:c@d.example",
        "smtps://mx.example/?from=a@b.example&other=1",
        "smtps://user@mx.example/?from=a@b.example",
        "smtp://mx.example/?from=a@b.example",
        "smtps://mx.example:0/?from=a@b.example",
        "smtps://mx.example:port/?from=a@b.example",
    ],
)
def test_a_wrong_server_is_told_without_its_password(text: str) -> None:
    with pytest.raises(servers.NotAServerError, match="smtps://user:password@host"):
        servers.read_smtp(text)


@pytest.mark.parametrize(
    "text", ["imaps://mx.example/", "imap://u:p@mx.example/", "imaps://u:p@mx.example/?every=1"]
)
def test_a_wrong_mailbox_is_told(text: str) -> None:
    with pytest.raises(servers.NotAServerError, match="imaps://user:password@host"):
        servers.read_imap(text)
