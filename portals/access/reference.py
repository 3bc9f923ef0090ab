"""The reference of a request: shown on error pages, written on log lines and journal entries."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

from portals.signals import NOBODY, Concerned

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class RequestTrace:
    """What a journal entry needs to know of the request it was written in.

    `concerned`: whose record the page is about, when it is a page of staff.
    """

    reference: str = ""
    session_hash: str = ""
    terms_number: int | None = None
    space: str = ""
    tenant_id: int | None = None
    subject_id: int | None = None
    acting_as: str = ""
    concerned: Concerned = NOBODY


NO_REQUEST = RequestTrace()
_current: ContextVar[RequestTrace] = ContextVar("request_trace", default=NO_REQUEST)


def current() -> RequestTrace:
    """The trace of the running request; an empty one in commands and tasks."""
    return _current.get()


def remember(trace: RequestTrace) -> None:
    _current.set(trace)


class ReferenceMiddleware:
    """Gives each request a reference that support can find in the logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference = "".join(secrets.choice(ALPHABET) for _ in range(10))
        request.reference = reference  # type: ignore[attr-defined]  # read by error pages
        token = _current.set(RequestTrace(reference=reference))
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response["X-Reference"] = reference
        return response


def render_log_entry(_logger: Any, _name: str, event: structlog.typing.EventDict) -> str:
    """One JSON line: time, level, logger, message, reference. Messages never carry personal data."""
    record: logging.LogRecord = event["_record"]
    line: dict[str, Any] = {
        "at": structlog.processors.TimeStamper(fmt="iso", utc=True)(None, "", {})["timestamp"],
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": event["event"],
        "reference": current().reference,
    }
    if record.exc_info:
        line["trace"] = logging.Formatter().formatException(record.exc_info)
    rendered = structlog.processors.JSONRenderer(ensure_ascii=False)(None, "", line)
    return rendered if isinstance(rendered, str) else rendered.decode()


def json_formatter() -> structlog.stdlib.ProcessorFormatter:
    """What `LOGGING` builds its formatter with."""
    return structlog.stdlib.ProcessorFormatter(processors=[render_log_entry])
