"""Accounts that open no more for a reason that whoever knows their password should read. Rooms register when the app is ready.

register(lambda account: reverse("privacy:memorial") if … else "")
"""

from collections.abc import Callable

from django.http import HttpRequest

from portals.accounts.models import Account

type Page = Callable[[Account], str]
"""The address of the page that says why; empty when this is not the reason."""

ASKED = "shut_page"
_pages: list[Page] = []


def register(page: Page) -> None:
    if page not in _pages:
        _pages.append(page)


def note(request: HttpRequest, account: Account) -> None:
    """The right password was given: remember, for this request, where to lead. Nothing for an account that is active."""
    if not account.is_active:
        setattr(request, ASKED, next((address for page in _pages if (address := page(account))), ""))


def page_for(request: HttpRequest) -> str:
    """Where to lead whoever gave the right password of such an account; empty for anybody else."""
    address: str = getattr(request, ASKED, "")
    return address
