"""Walks over all addresses: several of them share a cast and its sessions, and each is undone before the next."""

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponseBase
from django.urls import reverse

from tests.cast import Cast
from tests.permissions.objects import OBJECTS

TOGETHER = 24
"""Addresses of one test."""


def together(names: Sequence[str]) -> list[list[str]]:
    """The names in their order, `TOGETHER` at a time; for `parametrize(…, ids=first_and_last)`."""
    return [list(names[start : start + TOGETHER]) for start in range(0, len(names), TOGETHER)]


def first_and_last(some: Sequence[str]) -> str:
    return f"{some[0]}..{some[-1]}"


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves neither a row nor a key of the cache: sessions are read anew from their rows."""
    with transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)
    cache.clear()


def address_of(url_name: str, cast: Cast) -> str:
    """An address on an object of its own. What is made is made of copies: the cast stays as its rows are."""
    return reverse(url_name, kwargs=OBJECTS.get(url_name, lambda _cast: {})(copy.deepcopy(cast)))


def leave(answer: HttpResponseBase) -> None:
    """Close what a file answer holds, and not the connection that the test's transaction lives on."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
