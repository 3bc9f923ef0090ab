"""« Ce que nous conservons sur vous et pourquoi »: the register as the person reads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portals.access.entry import account_of
from portals.accounts.models import Space
from privacy.register.kept import OF_SPACE, lines_of
from privacy.register.reuses import reuses
from privacy.retention.published import table


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """What is held on people of this space, computed from the declarations of fields. Shows nothing of the person's own."""
    space = Space(account_of(request).space)
    context = {
        "lines": lines_of(OF_SPACE[space]),
        "reuses": reuses(),
        "table": table(space),
        "asks_dpo": space != Space.STAFF,
    }
    return render(request, "privacy/register/kept.html", context)
