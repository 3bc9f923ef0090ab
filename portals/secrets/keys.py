"""Data keys of subjects: random, stored wrapped (AES key wrap, RFC 3394) under the key-encryption key."""

import os
from collections.abc import Iterable

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from portals.secrets.errors import SecretUnreadable, SubjectForgotten
from portals.secrets.keyfiles import KEY_BYTES
from portals.secrets.models import SubjectKey


def data_keys(subjects: Iterable[str]) -> dict[str, bytes]:
    """The data key of each subject, made where there is none. Two queries, three when some are new."""
    wanted = set(subjects)
    keys = _stored(wanted)
    missing = wanted - keys.keys()
    if missing:
        SubjectKey.objects.bulk_create(
            [SubjectKey(subject=subject, wrapped=_wrap(os.urandom(KEY_BYTES))) for subject in sorted(missing)],
            ignore_conflicts=True,  # another transaction may be making the same one: the stored key is the key
        )
        keys |= _stored(missing)
    return keys


def known_data_key(subject: str) -> bytes:
    """The data key of a subject that has one. Raises `SubjectForgotten` otherwise."""
    keys = _stored({subject})
    if not keys:
        raise SubjectForgotten
    return keys[subject]


def _stored(subjects: set[str]) -> dict[str, bytes]:
    rows = SubjectKey.objects.filter(subject__in=subjects).values_list("subject", "wrapped")
    return {subject: _unwrap(bytes(wrapped)) for subject, wrapped in rows}


def _wrap(data_key: bytes) -> bytes:
    return aes_key_wrap(settings.PERSONAL_KEY, data_key)


def _unwrap(wrapped: bytes) -> bytes:
    try:
        return aes_key_unwrap(settings.PERSONAL_KEY, wrapped)
    except (InvalidUnwrap, ValueError):
        raise SecretUnreadable("the key-encryption key is not the one that wrapped this data key") from None
