"""A quickly hashed password is a password all the same."""

from tests.support.hashing import Quick


def test_only_the_right_word_lets_in() -> None:
    hasher = Quick()
    kept = hasher.encode("okiagari-demo", hasher.salt())
    assert kept.startswith("argon2$argon2id$")
    assert hasher.verify("okiagari-demo", kept)
    assert not hasher.verify("okiagari-dem0", kept)
