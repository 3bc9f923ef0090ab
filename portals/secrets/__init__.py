"""Personal secrets (NIR, IBAN, proofs): sealed for one subject and one place, found again by a blind index.

A subject is `person:<person_ref>`, `agreement:<agreement_number>`…; a place is `table.column`. Settings import
`portals.secrets.keyfiles`, so nothing here needs the app registry before it is called.
"""


def seal(subject: str, place: str, value: str) -> bytes:
    """`value` as stored bytes that only `unseal` with the same subject and place can read.

    Makes the subject's data key on first use, in the running transaction.
    """
    from portals.secrets.keys import data_keys
    from portals.secrets.sealing import seal_with

    return seal_with(data_keys([subject])[subject], subject, place, value)


def unseal(subject: str, place: str, sealed: bytes | memoryview) -> str:
    """The sealed value. Raises `SubjectForgotten` without a data key, `SecretUnreadable` when anything else is off."""
    from portals.secrets.keys import known_data_key
    from portals.secrets.sealing import unseal_with

    return unseal_with(known_data_key(subject), subject, place, bytes(sealed))


def seal_bytes(subject: str, place: str, content: bytes) -> bytes:
    """A file, sealed as `seal` seals a text."""
    from portals.secrets.keys import data_keys
    from portals.secrets.sealing import seal_bytes_with

    return seal_bytes_with(data_keys([subject])[subject], subject, place, content)


def unseal_bytes(subject: str, place: str, sealed: bytes) -> bytes:
    """The sealed file. Raises as `unseal` does."""
    from portals.secrets.keys import known_data_key
    from portals.secrets.sealing import unseal_bytes_with

    return unseal_bytes_with(known_data_key(subject), subject, place, sealed)


def blind_index(place: str, value: str) -> bytes:
    """32 bytes that are equal for equal values of one place, and say nothing without the index key."""
    from portals.secrets.sealing import index_of

    return index_of(place, value)
