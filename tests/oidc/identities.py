"""A real OpenID Connect provider on loopback, and the person in front of it."""

import json
import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from config.embedded.processes import wait_until
from tests.harness import processes

SECRET = "un-secret-partage-pour-les-essais-uniquement"
NODE = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
WHY_SKIPPED = "no Node.js here: `make setup` installs it"


@dataclass(frozen=True)
class Server:
    """A running provider; `app` is what `SOCIALACCOUNT_PROVIDERS` says of it."""

    address: str
    app: dict[str, Any]

    def answer(self, leaving_for: str, *, login: str = "", cancel: bool = False) -> str:
        """The person arrives at the provider, signs in as `login`, and is sent back: returns the path of the way back."""
        session = requests.Session()
        response = session.get(leaving_for, allow_redirects=False, timeout=10)
        while True:
            assert response.status_code in {302, 303}, response.text
            target = response.headers["Location"]
            if target.startswith("/"):
                target = self.address + target
            if not target.startswith(self.address):
                parts = urlsplit(target)
                return f"{parts.path}?{parts.query}"
            if re.search(r"/interaction/", target):
                target += "?cancel=1" if cancel else f"?login={login}"
            response = session.get(target, allow_redirects=False, timeout=10)


@contextmanager
def identity_provider(
    people: Mapping[str, Mapping[str, Any]], *, code: str, name: str, space: str, signed: bool = False
) -> Iterator[Server]:
    """A provider that knows these people (claims by login) and gives them back to `code`'s callback of the test client."""
    port = _free_port()
    callback = f"http://testserver/connexion/avec/{code}/retour/"
    script = Path(__file__).parent / "server.mjs"
    assert NODE is not None
    command: list[str | Path] = [NODE, script, str(port), json.dumps(people), callback, "signed" if signed else "plain"]
    with processes.running(f"oidc-{port}", command):
        address = f"http://127.0.0.1:{port}"
        assert wait_until(lambda: _listens(port), 30), processes.log_of(f"oidc-{port}").read_text()
        app = {
            "provider_id": code,
            "name": name,
            "client_id": "mutuelle",
            "secret": SECRET,
            "settings": {
                "server_url": address,
                "token_auth_method": "client_secret_post",
                "space": space,
                "scope": ["openid", "identity"],
                "acr": ["eidas1"],
            },
        }
        yield Server(address, app)


def providers_setting(*servers: Server) -> dict[str, Any]:
    """`SOCIALACCOUNT_PROVIDERS` with these providers configured."""
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    return {"openid_connect": {**ours, "APPS": [server.app for server in servers]}}


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
