"""The icons: 24 px grid, 1.6 px line, round ends, `currentColor`. Each is always beside a word, so none has a name.

A page carries one sprite with only the symbols and hatchings that it uses (`sprite_for`).
"""

import re

PATHS = {
    "alert": "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2h.01",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "building": "M5 20.5V4h9v16.5M14 9h5v11.5M3 20.5h18M8 8h3M8 12h3M8 16h3",
    "card": "M3 6.5h18v11H3zM3 10h18M6.5 14.5h4",
    "chart": "M4 20h16M7 17v-5M12 17V6M17 17v-8",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 7.5V12l3 2",
    "cross": "M12 5v14M5 12h14",
    "doc": "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 16h6",
    "down": "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
    "eye": "M2.5 12q9.5-13 19 0-9.5 13-19 0M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6",
    "home": "M4 11.5 12 5l8 6.5M6 10v9h12v-9M10 19v-5h4v5",
    "info": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17M12 11v5.5M12 7.8h.01",
    "list": "M5 6h14M5 12h14M5 18h9",
    "mail": "M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5",
    "more": (
        "M5.6 12a.6.6 0 1 0-1.2 0 .6.6 0 0 0 1.2 0M12.6 12a.6.6 0 1 0-1.2 0 .6.6 0 0 0 1.2 0"
        "M19.6 12a.6.6 0 1 0-1.2 0 .6.6 0 0 0 1.2 0"
    ),
    "people": (
        "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3.5 19c.4-3.3 2.5-5 5.5-5s5.1 1.7 5.5 5"
        "M16 5.3a3 3 0 0 1 0 5.4M17 14.3c2 .6 3.2 2.2 3.5 4.7"
    ),
    "phone": "M8 3.5h8v17H8zM11 17.5h2",
    "pin": "M12 21c-4-4.2-6.5-7.6-6.5-11a6.5 6.5 0 0 1 13 0c0 3.4-2.5 6.8-6.5 11M12 12.2a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "scan": "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M7 12h10",
    "shield": "M12 3.5 19 6v5.5c0 4.3-2.9 7.5-7 9-4.1-1.5-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10",
    "unlink": (
        "M9.5 14.5 7 17a3.2 3.2 0 0 1-4.5-4.5L6 9M14.5 9.5 17 7a3.2 3.2 0 0 1 4.5 4.5L18 15M8 4.5V7M4.5 8H7M16 19.5V17M19.5 16H17"
    ),
    "user": "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M5 20c.6-3.8 3.2-5.8 7-5.8s6.4 2 7 5.8",
}

HATCHINGS = {
    "hatch": (
        '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="f-voustint" width="6" height="6"/>'
        '<path class="s-vous" d="M1.5 0v6" stroke-width="2.5"/></pattern>'
    ),
    "plan": (
        '<pattern id="plan" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="s-accent" d="M1 0v5" stroke-width="1.6"/></pattern>'
    ),
}

USED_ICON = re.compile(r'href="#i-([a-z]+)"')
USED_HATCHING = re.compile(r"url\(#([a-z]+)\)")


def icon(name: str) -> str:
    """The mark-up of one icon. An unknown name is a mistake of ours: KeyError."""
    PATHS[name]
    return f'<svg class="i" aria-hidden="true"><use href="#i-{name}"/></svg>'


def sprite_for(markup: str) -> str:
    """The sprite with what `markup` refers to and nothing else; empty when it refers to nothing."""
    hatchings = [HATCHINGS[name] for name in sorted(set(USED_HATCHING.findall(markup)))]
    symbols = [
        f'<symbol id="i-{name}" viewBox="0 0 24 24"><path d="{PATHS[name]}"/></symbol>'
        for name in sorted(set(USED_ICON.findall(markup)))
    ]
    if not hatchings and not symbols:
        return ""
    return f'<svg class="sprite" aria-hidden="true">{"".join(hatchings + symbols)}</svg>'
