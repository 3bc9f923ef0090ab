"""Robots: those that copy or compile sites are refused, those that say what they are read slowly (CGU-6.3).

Whoever lies about what it is meets the other limits of the site: sign-in, second factor, quotas of the directory.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portals.accounts import limits
from portals.accounts.network import address_of, network_of

COPIERS = (
    "HTTrack", "WebCopier", "WebZIP", "Teleport", "WebReaper", "Offline Explorer", "SiteSnagger", "WebStripper",
    "Wget", "Scrapy", "GPTBot", "ChatGPT-User", "OAI-SearchBot", "ClaudeBot", "anthropic-ai", "CCBot", "Bytespider",
    "Google-Extended", "PerplexityBot", "Amazonbot", "Applebot-Extended", "meta-externalagent", "Diffbot", "ImagesiftBot",
    "omgili", "MetaGer", "Dogpile",
)  # fmt: skip
"""Site copiers, compilers of corpora and meta-search engines, as they name themselves. `/robots.txt` lists them too."""

COPIER = re.compile("|".join(re.escape(name) for name in COPIERS), re.IGNORECASE)
ROBOT = re.compile(r"bot\b|crawl|spider|slurp", re.IGNORECASE)
PACE = limits.Limit("robot pages", 60, 60)
REFUSED = (
    "Il est interdit de copier ou de compiler ce site (conditions d’utilisation, article 6.3)."
    " Pour obtenir une autorisation, écrivez à l’éditeur\u00a0: /mentions-legales/"
)
ALWAYS_OPEN = ("/robots.txt", "/.well-known/")


class BotMiddleware:
    """Refuses copiers, paces the robots that give their name; people never meet it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.headers.get("User-Agent", "")
        if not request.path_info.startswith(ALWAYS_OPEN):
            if COPIER.search(name):
                return _plain(REFUSED, 403)
            if ROBOT.search(name):
                try:
                    limits.count(PACE, network_of(address_of(request)))
                except limits.LimitReached as reached:
                    refused = _plain("Trop de pages à la fois\u00a0: revenez plus lentement.", 429)
                    refused["Retry-After"] = str(reached.seconds)
                    return refused
        return self.get_response(request)


def _plain(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type=f"text/plain; charset={settings.DEFAULT_CHARSET}")
