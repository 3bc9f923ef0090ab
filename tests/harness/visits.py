"""Walks ask thousands of times and read the status: their client keeps the answer, and nothing of how it was made."""

from typing import Any

from django.http import HttpResponseBase
from django.test import Client


class Visit(Client):
    """The test client without the contexts that Django copies for each fragment of a page, nor the templates' names.

    An error of a view is answered as to anybody, by status 500, and is not raised.
    """

    def request(self, **request: Any) -> HttpResponseBase:  # type: ignore[override]  # without what a test client adds
        environ = self._base_environ(**request)  # type: ignore[attr-defined]  # the stubs leave it out
        answer = self.handler(environ)
        if answer.cookies:
            self.cookies.update(answer.cookies)
        return answer
