"""HTTP from many addresses of the loopback: what an attacker with many machines looks like to the site."""

import http.client
import secrets
import time
import urllib.parse
from dataclasses import dataclass, field

PATIENCE = 60


@dataclass
class Answer:
    """One answer, and how long it took (seconds)."""

    status: int
    headers: list[tuple[str, str]]
    body: str
    seconds: float

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Visitor:
    """A browser at one address, with its cookies and one connection; its form tokens are its own, and good."""

    site: str
    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
        token = self.cookies.setdefault("csrftoken", secrets.token_hex(16))
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token})
        own = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._ask("POST", path, body, own)

    def forget(self) -> None:
        """A new browser at the same address."""
        self.cookies.clear()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        for attempt in (1, 2):
            try:
                return self._ask_once(method, path, body, headers)
            except (ConnectionError, http.client.HTTPException):
                self.close()  # the server ends idle connections: once more on a new one
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _ask_once(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            host = urllib.parse.urlsplit(self.site)
            source = (self.address, 0)
            self._connection = http.client.HTTPConnection(
                host.hostname or "", host.port, timeout=PATIENCE, source_address=source
            )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        self._connection.request(method, path, body, {**headers, **({"Cookie": cookies} if cookies else {})})
        response = self._connection.getresponse()
        content = response.read()
        answer = Answer(
            response.status, response.getheaders(), content.decode("utf-8", "replace"), time.perf_counter() - began
        )
        self._keep_cookies(answer)
        return answer

    def _keep_cookies(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def address_of(rank: int) -> str:
    """The rank-th address of the loopback's own network, 127.1.0.1 onwards."""
    return f"127.1.{rank // 250}.{rank % 250 + 1}"
