"""French typography for what staff type with an ordinary keyboard: no mark is left alone at the start of a line. Pure."""

import re

THIN, NBSP = "\u202f", "\u00a0"
RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r" +(?=[;!?%€](?:\W|$))"), THIN),
    (re.compile(r"(?<=[a-zà-öø-ÿ)])(?=[!?;](?:\s|$))"), THIN),
    (re.compile(r" +(?=:(?:\s|$))"), NBSP),
    (re.compile(r"« *(?=\S)"), f"«{NBSP}"),
    (re.compile(r"(?<=\S) *»"), f"{NBSP}»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?:\D|$))"), THIN),
)


def typeset(text: str) -> str:
    """The text with its apostrophes and its spaces as they are printed; nothing else changes."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text.replace(f"«{NBSP}{NBSP}", f"«{NBSP}").replace(f"{NBSP}{NBSP}»", f"{NBSP}»")
