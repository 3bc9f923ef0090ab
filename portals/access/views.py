"""The page on which one chooses for whom one acts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portals.access.entry import ACTING_GRANT, account_of, entry_of
from portals.access.switching import NotOne, choices_of, matching, switch, words_of
from portals.accounts.landing import home_of
from portals.signals import announce

TYPED_MAX = 60


@require_http_methods(["GET", "HEAD", "POST"])
def persons(request: HttpRequest) -> HttpResponse:
    """Everyone one may act for; POST chooses one, and leads to the space."""
    account = account_of(request)
    words = words_of(account.space)
    if words is None:
        raise Http404
    if request.method == "POST":
        return _choose(request)
    current = entry_of(request).grant
    chosen_id = request.session.get(ACTING_GRANT)
    is_chosen = current is not None and (chosen_id == current.pk or not current.represents)
    current_id = current.pk if current is not None and is_chosen else None
    typed = request.GET.get("q", "")[:TYPED_MAX]
    choices = choices_of(account, day=timezone.localdate(), current_id=current_id)
    found = matching(choices, typed)
    announce(
        "access.choices_listed", by=account, object_kind="account", object_id=account.pk, details={"found": len(found)}
    )
    context = {
        "words": words,
        "typed": typed,
        "choices": found,
        "count": len(choices),
        "current": next((choice for choice in choices if choice.is_current), None),
    }
    return render(request, "portals/access/persons.html", context)


def _choose(request: HttpRequest) -> HttpResponse:
    """Somebody else's grant, an ended one and one that never was are the same: 404."""
    account = account_of(request)
    typed = request.POST.get("grant", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        raise Http404
    try:
        switch(request, by=account, grant_id=int(typed))
    except NotOne as error:
        raise Http404 from error
    return HttpResponseRedirect(home_of(account))
