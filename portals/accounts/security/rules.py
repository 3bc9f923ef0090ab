"""What counts as a fresh proof, and how a browser is said in plain words. Pure: no database, no clock."""

PROOF_LASTS = 5 * 60
"""Seconds during which a proof of identity is fresh (security.md, "Signing in")."""

# The first that is found in the browser's own description; those that imitate others come before them.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN_DEVICE = "Appareil non reconnu"


def is_fresh(proven_at: int | None, now: float) -> bool:
    """Whether a proof given at this instant (seconds) still counts. One from the future never does."""
    return proven_at is not None and 0 <= now - proven_at < PROOF_LASTS


def device_in_words(user_agent: str) -> str:
    """`Firefox sur Windows`, `Safari sur iPhone`: enough to recognise one's own device, without version or place."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} sur {system}"
    return browser or system or UNKNOWN_DEVICE
