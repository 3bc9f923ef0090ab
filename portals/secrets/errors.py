"""What can go wrong with a secret. Messages never carry the value, nor its ciphertext."""


class SecretUnreadable(Exception):
    """The key is not the one that sealed this, or the bytes were changed or moved."""


class SubjectForgotten(SecretUnreadable):
    """The subject's data key was deleted: what was sealed for it is unreadable for ever."""
