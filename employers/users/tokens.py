"""The secret of an invitation's link. 256 bits of chance need no slow hash."""

import hashlib

TOKEN_BYTES = 32


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
