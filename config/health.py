"""Is the process alive, and can it serve? For load balancers and operators; no page, no data.

Answered before every other middleware: a probe comes by address rather than by name, over plain HTTP, and must get its
answer when the database is what is missing.
"""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse


class ProbeMiddleware:
    """`/healthz`: the process answers. `/readyz`: 200 when all that it needs is there, else 503 naming the part."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        answer = probe()
        answer["Cache-Control"] = "no-store"
        return answer


def alive() -> HttpResponse:
    return JsonResponse({"status": "alive"})


def ready() -> HttpResponse:
    parts = {"database": _works(_database), "broker": _works(_broker), "migrations": _works(_migrations)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


PROBES: dict[str, Callable[[], HttpResponse]] = {"/healthz": alive, "/readyz": ready}


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
