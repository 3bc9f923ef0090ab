"""Identity providers, from the environment: off until their client number is given.

`FRANCECONNECT_CLIENT_ID`, `PRO_SANTE_CONNECT_CLIENT_ID`, with `…_CLIENT_SECRET` (or `…_CLIENT_SECRET_FILE`) and, for
another environment of the provider than production, `…_SERVER`.
"""

from typing import Any

from config import environment

FRANCECONNECT = "https://oidc.franceconnect.gouv.fr/api/v2"
PRO_SANTE_CONNECT = "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration"


def identity_providers() -> list[dict[str, Any]]:
    """allauth's `APPS` for the providers whose client number is in the environment; none by default."""
    apps = [
        _app(
            "FRANCECONNECT", "franceconnect", "FranceConnect", FRANCECONNECT, space="adherent",
            scope=["openid", "given_name", "family_name", "birthdate"], acr=["eidas1", "eidas2", "eidas3"],
        ),
        _app(
            "PRO_SANTE_CONNECT", "pro-sante-connect", "Pro Santé Connect", PRO_SANTE_CONNECT, space="professionnel",
            scope=["openid", "scope_all"], acr=["eidas1"],
        ),
    ]  # fmt: skip
    return [app for app in apps if app["client_id"]]


def _app(
    prefix: str, code: str, name: str, server: str, *, space: str, scope: list[str], acr: list[str]
) -> dict[str, Any]:
    client_id = environment.text(f"{prefix}_CLIENT_ID", "")
    return {
        "provider_id": code,
        "name": name,
        "client_id": client_id,
        "secret": environment.secret(f"{prefix}_CLIENT_SECRET") if client_id else "",
        "settings": {
            "server_url": environment.text(f"{prefix}_SERVER", server),
            "token_auth_method": "client_secret_post",
            "space": space,
            "scope": scope,
            "acr": acr,
        },
    }
