"""Response headers of the whole site that Django's own middleware does not set."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

NOBODY = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock",
    "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OURSELVES = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join([f"{feature}=()" for feature in NOBODY] + [f"{feature}=(self)" for feature in OURSELVES])


class PrivateHeadersMiddleware:
    """Nothing of a signed-in page is stored or shared; no page may use the device's sensors.

    A page is private unless nobody is signed in; search engines are kept out of everything but the public pages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            add_never_cache_headers(response)
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "private, no-cache"
        return response
