"""What the page of a file shows: the strip of its lines, the cells to correct, in words and figures. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from employers.imports.columns import BY_KEY, Header
from employers.imports.rules import Checked, Flaw, Populations
from portals.presentation.formats import NBSP, number

MOST_BARS = 80
"""Bars of the strip: beyond, each stands for several lines."""
ROOM = 4.0
"""Percent of the width that the number under a bar takes."""
GAP = 0.656
"""What a bar takes of its place."""
MOST_SHOWN = 50
"""Lines to correct on one page."""
READY, WRONG, AFFILIATED, ASIDE = "ready", "wrong", "affiliated", "aside"
SHADES = {READY: "f-mut", AFFILIATED: "f-ro", ASIDE: "f-line"}
SEXES = (("F", "F"), ("M", "M"))


@dataclass(frozen=True)
class Bar:
    """One line of the file, or a few that follow one another. `target`: where a bar of wrong lines leads."""

    x: str
    width: str
    shade: str = ""
    number: int = 0
    target: str = ""
    label_x: str = ""
    is_numbered: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell to correct, and how."""

    flaw: Flaw
    name: str
    label: str
    letter: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    inputmode: str = "text"

    @property
    def id(self) -> str:
        return self.name


@dataclass(frozen=True)
class WrongLine:
    """A line to correct, with its cells."""

    number: int
    name: str
    cells: tuple[Cell, ...]


def field_name(number: int, key: str) -> str:
    """The name of the answer for a cell, and its id."""
    return f"l{number}-{key}"


def wrong_lines(wrong: Sequence[Checked], header: Header, populations: Populations) -> list[WrongLine]:
    """The first lines to correct, one cell for each column that is wrong."""
    return [
        WrongLine(checked.line.number, checked.name, tuple(_cells(checked, header, populations)))
        for checked in wrong[:MOST_SHOWN]
    ]


def _cells(checked: Checked, header: Header, populations: Populations) -> list[Cell]:
    cells = []
    for key, flaws in groupby(checked.flaws, key=lambda flaw: flaw.key):
        column = BY_KEY[key]
        cells.append(
            Cell(
                flaw=next(flaws),
                name=field_name(checked.line.number, key),
                label=column.heading,
                letter=header.letter(key),
                value=checked.line.cells[tuple(BY_KEY).index(key)],
                options=_options(key, populations),
                inputmode="numeric" if key in {"nir", "birth_date", "start_date"} else "text",
            )
        )
    return cells


def _options(key: str, populations: Populations) -> tuple[tuple[str, str], ...]:
    if key == "population":
        return tuple((name, name) for name in populations.names)
    if key == "contract":
        return tuple(
            (contract.number, f"{contract.number}, {contract.population}") for contract in populations.contracts
        )
    return SEXES if key == "sex" else ()


def strip_of(standings: Sequence[tuple[int, str]]) -> list[Bar]:
    """The lines of the file in their order, each with its number and what it is: the wrong ones stand out."""
    count = min(len(standings), MOST_BARS)
    if not count:
        return []
    place = 100 / count
    bars, free_from = [], 0.0
    for rank in range(count):
        group = standings[rank * len(standings) // count : (rank + 1) * len(standings) // count]
        wrong = [line for line, standing in group if standing == WRONG]
        x, width = rank * place, place * GAP
        if not wrong:
            bars.append(Bar(_percent(x), _percent(width), SHADES[group[0][1]]))
            continue
        middle = x + width / 2
        fits = middle - ROOM / 2 >= free_from or not free_from
        free_from = middle + ROOM / 2 if fits else free_from
        bars.append(Bar(_percent(x), _percent(width), "f-bad", wrong[0], f"ligne-{wrong[0]}", _percent(middle), fits))
    return bars


def strip_words(standings: Sequence[tuple[int, str]]) -> str:
    """What the strip shows: « Les 41 lignes du fichier : 3 à corriger, lignes 7, 19 et 33 »."""
    wrong = [str(line) for line, standing in standings if standing == WRONG]
    total = f"Les {number(len(standings))} lignes du fichier" if len(standings) > 1 else "La ligne du fichier"
    if not wrong:
        return f"{total}{NBSP}: rien à corriger"
    if len(wrong) > 12:
        return f"{total}{NBSP}: {number(len(wrong))} à corriger"
    named = f"ligne {wrong[0]}" if len(wrong) == 1 else f"lignes {', '.join(wrong[:-1])} et {wrong[-1]}"
    return f"{total}{NBSP}: {len(wrong)} à corriger, {named}"


def _percent(length: float) -> str:
    return f"{length:.2f}%"
