"""Why a feed stops. Staff read these words, so they are French; they never quote a value of the file."""


class FeedRefused(Exception):
    """The feed stopped and loaded nothing. Its text says why, for the operator."""


class FeedDamaged(FeedRefused):
    """The file is not what it should be: encoding, header, truncation, a quote never closed."""


class Unfit(Exception):
    """One value does not fit its column: a reject code, and words that do not quote the value."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
