"""OpenID Connect as allauth speaks it, with what French providers ask for besides.

A nonce and a level of assurance in each request, both checked in the answer; an identity that may come as a signed
token instead of JSON (FranceConnect); no claim kept in the database, and none taken from the address.
"""

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

SIGNED = "application/jwt"


class FederatedAdapter(OpenIDConnectOAuth2Adapter):
    """One exchange with a provider."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        path = reverse("portals:federation_callback", args=[self.provider_id])
        url: str = build_absolute_uri(request, path, self.redirect_uri_protocol)
        return url

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """The claims about the person, as JSON or as a token whose signature is checked."""
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers)
            response.raise_for_status()
        if not response.headers.get("Content-Type", "").startswith(SIGNED):
            claims: dict[str, Any] = response.json()
            return claims
        verified: dict[str, Any] = jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return verified


class FederatedProvider(OpenIDConnectProvider):
    """A provider of the settings.

    `app.settings`: server_url, space, scope, auth_params, and acr, the accepted levels of assurance, the least first
    (the one asked for).
    """

    oauth2_adapter_class = FederatedAdapter

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("portals:federation_login", args=[self.app.provider_id])

    def get_callback_url(self) -> str:
        return reverse("portals:federation_callback", args=[self.app.provider_id])

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Those of the settings: an address cannot ask for more."""
        scope: list[str] = self.get_scope()
        return scope

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Those of the settings: an address cannot lower the level of assurance."""
        return self.get_auth_params()

    def get_auth_params(self) -> dict[str, str]:
        levels = self.app.settings.get("acr", [])
        asked = {"acr_values": levels[0]} if levels else {}
        return asked | dict(self.app.settings.get("auth_params", {}))

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any) -> HttpResponse:
        nonce = secrets.token_urlsafe(32)
        kwargs["auth_params"] = self.get_auth_params() | {"nonce": nonce}
        response: HttpResponse = super().redirect(request, process, next_url=next_url, nonce=nonce, **kwargs)
        return response

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """Nothing: the claims serve once, and are not kept."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        """allauth's, with the claims in `claims` and those of the exchange itself in `id_token`."""
        if response.get("id_token") and response["userinfo"].get("sub") != response["id_token"].get("sub"):
            raise OAuth2Error("the identity is not the one that signed in")
        login = super().sociallogin_from_response(request, response)
        login.claims = response["userinfo"]
        login.id_token = response.get("id_token", {})
        return login


def is_answer_to(login: SocialLogin) -> bool:
    """Whether the answer is to our own question: its nonce, and one of the levels of assurance that we accept."""
    levels = login.provider.app.settings.get("acr", [])
    nonce = login.state.get("nonce")
    return bool(nonce) and login.id_token.get("nonce") == nonce and (not levels or login.id_token.get("acr") in levels)
