"""The request as the views of a space receive it, once the middleware has let it through."""

from django.http import HttpRequest

from portals.access.models import Grant
from portals.accounts.models import Account


class SpaceRequest(HttpRequest):
    """A type for annotations only: signed in, with the open grant whose rows are in sight."""

    user: Account
    grant: Grant
