"""A column that PostgreSQL computes and stores."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import models


class StoredColumn(models.GeneratedField):
    """Django's, without its questions to the server.

    System checks run where no server is (`make check`, the start of a process that waits for one). Django's ask the
    server for its version, for columns that are computed when they are read; a stored one is in every PostgreSQL.
    """

    def _check_supported(self, databases: Sequence[str]) -> list[checks.CheckMessage]:
        return []

    def _check_persistence(self, databases: Sequence[str]) -> list[checks.CheckMessage]:
        return []

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", args, kwargs
