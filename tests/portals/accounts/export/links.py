"""The way to an archive, as its owner goes it."""

import re

from django.test import Client

LINK = "/compte/export/lien/"


def link_of(client: Client) -> str:
    """The link that the page shows, once."""
    found = re.search(r'href="(/compte/export/[^"]+/archive\.zip)"', client.post(LINK).content.decode())
    assert found is not None
    return found[1]
