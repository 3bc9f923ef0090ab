"""The public keys of the journal: the current one, and those that signed before it."""

from django.conf import settings

from privacy.transparency.checkpoints import VerifierKey, read_verifier_key


def known_keys() -> list[VerifierKey]:
    """The current one first. Every process knows them; the private key is the sealer's alone."""
    return [read_verifier_key(text) for text in settings.JOURNAL_PUBLIC_KEYS]
