"""Links of single use, for those who ask without an account: made with an e-mail, read once by its page."""

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.access import isolation
from privacy.rights.doubts import LinkUse, RightsLink
from privacy.rights.models import RightsRequest

LASTS = {
    LinkUse.CONFIRM: datetime.timedelta(days=7),
    LinkUse.PROOF: datetime.timedelta(days=30),
    LinkUse.ANSWER: datetime.timedelta(days=30),
    LinkUse.FOLLOW: datetime.timedelta(days=90),
}


def make_link(request: RightsRequest, use: LinkUse) -> RightsLink:
    """A new link; those of the same use that were not followed open nothing any more. In the system's context."""
    now = timezone.now()
    RightsLink.objects.filter(request=request, use=use, used_at=None).update(used_at=now)
    return RightsLink.objects.create(
        request=request, reference=secrets.token_hex(16), use=use, expires_at=now + LASTS[use]
    )


def path_of(link: RightsLink) -> str:
    return reverse("privacy:link", kwargs={"reference": link.reference, "token": token_of(link)})


def token_of(link: RightsLink) -> str:
    """The secret part, 64 hexadecimal signs."""
    return salted_hmac("privacy.rights.links", link.reference, algorithm="sha256").hexdigest()


def read_link(reference: str, token: str) -> RightsLink | None:
    """The link, while it opens something; None for one that was used, is over, or was never given."""
    with as_holder():
        link = RightsLink.objects.select_related("request").filter(reference=reference, used_at=None).first()
    if link is None or not constant_time_compare(token_of(link), token):
        return None
    return link if link.expires_at > timezone.now() else None


@contextmanager
def as_holder() -> Iterator[None]:
    """Read as whoever holds a link: nobody is signed in, and its secret part says which request may be touched."""
    with isolation.system():
        yield
