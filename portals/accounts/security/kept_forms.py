"""A form sent too late loses nothing: its fields wait ten minutes in the session, sealed, for the proof to be given.

Files do not wait, nor do passwords. A form that is too long for the session is not kept either.
"""

import base64
import json
import time
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from portals.accounts.models import Account
from portals.secrets import seal, unseal
from portals.secrets.errors import SecretUnreadable

KEPT = "kept_form"
KEPT_FOR = 10 * 60
LONGEST = 64 * 1024
"""Characters of the sealed form: the session is read at each request."""
PLACE = "django_session.kept_form"
NEVER_KEPT = ("csrfmiddlewaretoken",)


@dataclass(frozen=True)
class KeptForm:
    """What was sent: to which address, with which fields, in order, and whether something could not be kept."""

    path: str
    fields: list[tuple[str, str]]
    fills_form: bool
    had_files: bool


def keep(request: HttpRequest, account: Account, *, fills_form: bool) -> None:
    """Seal the fields of this POST in the session, in place of any kept before."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT and "password" not in name
        for value in values
    ]
    form = {
        "path": request.get_full_path(),
        "fields": fields,
        "fills_form": fills_form,
        "had_files": bool(request.FILES),
    }
    sealed = base64.b64encode(seal(_subject(account), PLACE, json.dumps(form))).decode("ascii")
    if len(sealed) <= LONGEST:
        request.session[KEPT] = {"sealed": sealed, "until": int(time.time()) + KEPT_FOR}
    else:
        forget(request)


def kept_form(request: HttpRequest, account: Account) -> KeptForm | None:
    """The form that waits; None when there is none, when its time is over, or when it cannot be read."""
    kept = request.session.get(KEPT)
    if kept is None or time.time() >= kept["until"]:
        return None
    try:
        form = json.loads(unseal(_subject(account), PLACE, base64.b64decode(kept["sealed"])))
    except SecretUnreadable:
        return None
    fields = [(name, value) for name, value in form["fields"]]
    return KeptForm(form["path"], fields, form["fills_form"], form["had_files"])


def kept_fields(request: HttpRequest) -> QueryDict | None:
    """The fields that were sent to this very address and are given back once, to fill its form; None without any.

    `form = BankForm(request.POST or kept_fields(request) or None)`: the form says by itself what was wrong in it.
    """
    account = request.user
    if request.method not in {"GET", "HEAD"} or not isinstance(account, Account):
        return None
    form = kept_form(request, account)
    if form is None or form.path != request.get_full_path():
        return None
    forget(request)
    given_back = QueryDict(mutable=True)
    for name, value in form.fields:
        given_back.appendlist(name, value)
    return given_back


def forget(request: HttpRequest) -> None:
    """Nothing waits any more."""
    request.session.pop(KEPT, None)


def _subject(account: Account) -> str:
    return f"account:{account.pk}"
