"""What stops a file or an act on it."""


class FileRefused(ValueError):
    """A file is not read. The message is for the person who sent it: it may quote the file, so it never goes to a log."""


class ImportBusy(Exception):
    """The file is being read, or its lines affiliated: the act waits until that is done."""


class NothingReady(Exception):
    """No line of the file can be affiliated."""


class TooManyFiles(Exception):
    """The account keeps as many files as it may: one is finished or erased first."""
