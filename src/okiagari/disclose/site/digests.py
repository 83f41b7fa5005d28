"""SHA-256 of many files; run as a program of its own it answers whoever started it.

In (standard input): a folder and paths in it, with a zero byte between. Out: a digest a line, "" for what is
no plain file. The program loads nothing of Okiagari, so it is there at once.
"""

import hashlib
import os
import stat
import sys


def digest(place: str) -> str:
    """Of a plain file; "" where there is none, or the disk cannot give it.

    Forty thousand are read for each publication: no objects.
    """
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            return ""
        data = os.read(handle, found.st_size + 1)
        return hashlib.sha256(data).hexdigest() if len(data) == found.st_size else ""
    except OSError:
        return ""
    finally:
        os.close(handle)


def main() -> None:
    folder, *paths = os.fsdecode(sys.stdin.buffer.read()).split("\0")
    sys.stdout.write("".join(f"{digest(f'{folder}/{path}')}\n" for path in paths))


if __name__ == "__main__":
    main()
