"""What can go wrong with the embedded services, in words an operator can act on."""


class EmbeddedError(RuntimeError):
    """A service could not be started or stopped; the message says what to do."""
