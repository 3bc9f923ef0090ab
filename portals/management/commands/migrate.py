"""Migrations run as the owner of the tables; the application's own role may not change them."""

import functools
import gc
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

FEWER_COLLECTIONS = (50_000, 20, 100)
"""Each model of each past state is a cycle of objects: with the usual thresholds the heap is walked at every turn."""


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        before = gc.get_threshold()
        gc.freeze()
        gc.set_threshold(*FEWER_COLLECTIONS)
        try:
            with _swappable_names_remembered():
                super().handle(*args, **options)
        finally:
            gc.set_threshold(*before)
            gc.unfreeze()


@contextmanager
def _swappable_names_remembered() -> Iterator[None]:
    """Which setting names a model, found once.

    Django asks it for every relation of every past state, and forgets the answers, which concern today's models only,
    with each past model that it makes: all of today's models were then walked tens of thousands of times.
    """
    find = inspect.unwrap(type(apps).get_swappable_settings_name)
    remembered = functools.cache(functools.partial(find, apps))
    vars(apps)["get_swappable_settings_name"] = remembered
    try:
        yield
    finally:
        del vars(apps)["get_swappable_settings_name"]
