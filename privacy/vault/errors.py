"""What can go wrong in the vault. Messages never carry a value, nor a name, nor a ciphertext."""


class VaultClosed(RuntimeError):
    """This process was given neither the key nor the role that opens the vault, or nobody has made its key yet."""


class VaultUnreadable(Exception):
    """The bytes were changed, moved to another row, column or person, or their key is none of ours."""


class NotAllowed(Exception):
    """The case is not in a state in which this may be done."""
