"""What the tests of intake send in."""

from collections.abc import Mapping

from okiagari.intake import actions

FORM: Mapping[str, object] = {
    "product": "WN-G54/R2",
    "version": "1.02",
    "problem": "WAN側からSSDPの問い合わせを送ると応答が返ります。送信元を偽装すると踏み台になります。",
    "effect": "他人への攻撃に使われるおそれがあります。",
    "name": "見本 太郎",
    "contact": "taro.mihon@example.jp",
    "language": "ja",
}


def part(
    name: str = "notes.txt", content: bytes = b"notes", content_type: str = "text/plain"
) -> actions.UploadedPart:
    return actions.UploadedPart(name, content_type, [content])
