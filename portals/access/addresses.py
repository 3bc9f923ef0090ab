"""The addresses that every page links to: worked out once for each process, since nothing in them varies."""

import functools

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


def fixed_address(name: str) -> str:
    """`reverse` of a page without arguments. Raises NoReverseMatch."""
    return _made(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@functools.cache
def _made(name: str, addresses: str, _prefix: str) -> str:
    """One for each set of addresses and each prefix, which `reverse` reads from the thread."""
    return reverse(name, urlconf=addresses)
