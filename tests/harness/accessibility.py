"""What axe finds on a page of the browser, and whether it scrolls sideways, in each of the looks asked for."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

type Look = tuple[int, Literal["light", "dark"]]

LOOKS: list[Look] = [(320, "dark"), (1280, "light")]
EVERY_LOOK: list[Look] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]

SCRIPT = Axe().axe_script
IS_THERE = "typeof axe === 'object'"
RUN = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
SETTLED = """Promise.allSettled(
    document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished)
).then(() => null)"""
"""Colours on their way from one scheme to the other are of neither."""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands; it is injected once for each document."""
    if not page.evaluate(IS_THERE):
        page.evaluate(SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return found


def faults_at(page: Page, address: str, looks: list[Look] | None = None) -> list[str]:
    """The address is opened in the first of the looks and takes the others one after the other."""
    first, *others = looks or LOOKS
    take(page, first)
    page.goto(address)
    return faults_in(page, address, first) + faults_of_looks(page, address, others)


def faults_of_looks(page: Page, name: str, looks: list[Look]) -> list[str]:
    """What is wrong with the page as it stands, folds and answers included, in each of the looks."""
    faults = []
    for look in looks:
        take(page, look)
        page.evaluate(SETTLED)
        faults += faults_in(page, name, look)
    return faults


def take(page: Page, look: Look) -> None:
    width, scheme = look
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)


def faults_in(page: Page, name: str, look: Look) -> list[str]:
    said = f"{name} {look[0]} {look[1]}"
    faults = [f"{said}: {found['id']} {found['nodes'][0]['html'][:160]}" for found in violations(page)]
    return [*faults, f"{said}: scrolls sideways"] if page.evaluate(SIDEWAYS) else faults
