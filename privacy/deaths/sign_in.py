"""Where the right password of a departed person's account leads. The worker of requests, and nobody else, is told no more."""

from django.urls import reverse

from portals.access import isolation
from portals.accounts import shut
from portals.accounts.models import Account
from privacy.deaths.queries import departed_account


def page_of(account: Account) -> str:
    with isolation.system():  # nobody is signed in, and the rows are of no household yet
        return reverse("privacy:memorial") if departed_account(account.pk) else ""


shut.register(page_of)
