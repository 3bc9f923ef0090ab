"""The member number that a professional searches by, kept in the session: it never stands in an address.

Addresses are kept by browsers, by proxies and in logs; `?patient=` holds a word that says nothing outside the session.
"""

import secrets

from django.http import HttpRequest

IN_SESSION = "invoice_patients"
KEPT = 5


def keep(request: HttpRequest, member_number: str) -> str:
    """The word that stands for this number in the session's addresses; nothing for no number."""
    if not member_number:
        return ""
    known: dict[str, str] = request.session.get(IN_SESSION, {})
    word = next((word for word, number in known.items() if number == member_number), "")
    if not word:
        word = secrets.token_urlsafe(6)
        request.session[IN_SESSION] = dict([*known.items(), (word, member_number)][-KEPT:])
    return word


def read(request: HttpRequest, word: str) -> str:
    """The number that this word stands for; nothing for a word of another session."""
    known: dict[str, str] = request.session.get(IN_SESSION, {})
    return known.get(word, "")
