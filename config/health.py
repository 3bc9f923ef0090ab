"""Is the process alive, and can it serve? For load balancers and operators; no page, no data."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "alive"})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and migrations are as they should, else 503 with the part that is missing."""
    parts = {"database": _works(_database), "broker": _works(_broker), "migrations": _works(_migrations)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _works(check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception:  # whatever the driver raises, the answer is "not ready"
        return False
    return True


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    cache.get("readyz")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations are missing")
