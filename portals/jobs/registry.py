"""Which function does which kind of job. Handlers register themselves when their app is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.mail import EmailMessage

from portals.jobs.models import Job

MAX_ATTEMPTS = 8

type Handler = Callable[[Job], None]
type MailHandler = Callable[[Job], EmailMessage | None]


class UnknownKind(LookupError):
    """No handler is registered for this kind of job."""


@dataclass(frozen=True)
class Kind:
    """How jobs of one kind are done. Exactly one of `handle` and `compose` is set."""

    name: str
    max_attempts: int
    handle: Handler | None = None
    compose: MailHandler | None = None
    resend_when_unknown: bool = False


_kinds: dict[str, Kind] = {}


def handler(name: str, *, max_attempts: int = MAX_ATTEMPTS) -> Callable[[Handler], Handler]:
    """Register a function `(job) -> None`.

    It runs inside `isolation.system()`, in one transaction with the job's state: what it wrote is there if and only
    if the job is done. It may raise: the job is tried again later, at most `max_attempts` times in all.
    """

    def register(function: Handler) -> Handler:
        _kinds[name] = Kind(name, max_attempts, handle=function)
        return function

    return register


def mail_handler(
    name: str, *, resend_when_unknown: bool = False, max_attempts: int = MAX_ATTEMPTS
) -> Callable[[MailHandler], MailHandler]:
    """Register a function `(job) -> EmailMessage | None` (`None`: there is nothing to send any more).

    What it writes is committed before the message leaves. When a crash leaves it uncertain whether the message left,
    the job becomes `unknown` and is not sent again, unless `resend_when_unknown`: for messages that carry a new
    secret each time, where a second one does no harm and none would.
    """

    def register(function: MailHandler) -> MailHandler:
        _kinds[name] = Kind(name, max_attempts, compose=function, resend_when_unknown=resend_when_unknown)
        return function

    return register


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises `UnknownKind`."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def known_kinds() -> list[str]:
    """What this process can do. A job of another kind (a newer release's) is left to those who can."""
    return list(_kinds)
