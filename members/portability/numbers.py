"""Numbers to be read out on the telephone."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_number(prefix: str) -> str:
    """`POR-7KQM-2XHD`: forty bits."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{signs[:4]}-{signs[4:]}"
