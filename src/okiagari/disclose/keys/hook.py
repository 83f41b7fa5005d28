"""Signs with a key that is held elsewhere (smartcard, HSM, KMS): a command does it, without a shell.

Standard input: the bytes. Standard output: an armored detached signature; of the command for texts the text
with the signature around it. Either is verified with the public key on the ring before anybody gets it. What
the command says on standard error is told, shortened.
"""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from okiagari.disclose.keys import problems
from okiagari.standards import openpgp
from okiagari.standards.openpgp import Key, OpenPgpError

SECONDS = 30.0
LARGEST = 64 * 1024
TOLD = 200


@dataclass(frozen=True)
class Hook:
    """`command`: the program and its arguments."""

    command: Sequence[str]
    key: Key
    seconds: float = SECONDS

    def sign(self, data: bytes) -> bytes:
        """Raises COMMAND_FAILED: it is not there, takes too long, fails, or signs with another key."""
        return self._checked(data, self._run(data))

    def sign_text(self, text: bytes) -> bytes:
        """The same around a text. Raises COMMAND_FAILED."""
        signed = self._run(text).replace(b"\r\n", b"\n")
        try:
            inside, _ = openpgp.verify_text(signed, [self.key])
        except OpenPgpError as error:
            why = f"its signature is not one of {self.key.fingerprint}: {error}"
            raise problems.COMMAND_FAILED(why=why) from None
        if inside.rstrip(b"\n") != text.rstrip(b"\n"):
            raise problems.COMMAND_FAILED(why="it signed another text")
        return signed

    def _run(self, data: bytes) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, no shell
                list(self.command), input=data, capture_output=True, timeout=self.seconds, check=False
            )
        except subprocess.TimeoutExpired:
            raise problems.COMMAND_FAILED(why=f"no answer within {self.seconds:g} s") from None
        except OSError as error:
            raise problems.COMMAND_FAILED(why=error.strerror or "it cannot be run") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()[-TOLD:]
            raise problems.COMMAND_FAILED(why=f"it ended with {done.returncode}. {said}".strip())
        return done.stdout

    def _checked(self, data: bytes, signature: bytes) -> bytes:
        if len(signature) > LARGEST or b"-----BEGIN PGP SIGNATURE-----" not in signature:
            raise problems.COMMAND_FAILED(why="what it wrote is not an armored signature")
        try:
            openpgp.verify(data, signature, [self.key])
        except OpenPgpError as error:
            why = f"its signature is not one of {self.key.fingerprint}: {error}"
            raise problems.COMMAND_FAILED(why=why) from None
        return signature
