"""Cards made by hand, and the eyes that read their codes."""

import datetime
import io
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from members.card.contents import Beneficiary, CardContent, Cell
from members.card.rules import Period
from members.card.symbols import Symbol

NUMBER = "7K2M-9QXD-4TPA"
ISSUED_ON = datetime.date(2026, 1, 2)
YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
DOMAINS = ("PHAR", "MED", "RLAX", "HOSP", "OPTI", "DESO", "DEPR", "AUDI")


def content(persons: int = 4, **fields: Any) -> CardContent:
    """The card of a family, of which each has a rather long name."""
    family = tuple(
        Beneficiary(rank, "Le Goff-Œuvrard", f"Anne-Éléonore {chr(64 + rank)}", datetime.date(1980 + rank, 3, 14), 1)
        for rank in range(1, persons + 1)
    )
    chosen: dict[str, Any] = {
        "period": YEAR,
        "amc_number": "0009914587",
        "csr": "E2M",
        "member_number": "0048217736",
        "conventions": ("OC", "KA"),
        "responsible": True,
        "holder": "Anne-Éléonore LE GOFF-ŒUVRARD",
        "policy_number": "2019-114-0087",
        "plan_name": "Rivage",
        "beneficiaries": family,
        "cells": tuple(Cell(domain, ("KA",) if domain == "OPTI" else ("OC",), "130\u202f%") for domain in DOMAINS),
        "legend": (("OC", "direct avec la mutuelle"), ("KA", "réseau Kalixia")),
        "domains": tuple((domain, domain.title()) for domain in DOMAINS),
        **fields,
    }
    return CardContent(**chosen)


def read(image: Image.Image) -> dict[str, str]:
    """The texts of the codes that are in a picture, by kind: `DataMatrix`, `QRCode`."""
    return {code.format.name: code.text for code in zxingcpp.read_barcodes(image)}


def drawn(symbol: Symbol, scale: int = 6) -> Image.Image:
    """The picture of a symbol: each stroke of its path, one module thick."""
    image = Image.new("L", (symbol.side * scale, symbol.side * scale), 255)
    pen = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", symbol.path):
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(length) * scale - 1, top + scale - 1), fill=0)
    return image


def pages_of(pdf: bytes, *, dpi: int = 200) -> list[Image.Image]:
    """The pages of a PDF as a printer would show them."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed: nothing prints the PDF to look at")
    with tempfile.TemporaryDirectory() as folder:
        command = [tool, "-r", str(dpi), "-gray", "-png", "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, capture_output=True, check=True)
        return [Image.open(io.BytesIO(page.read_bytes())) for page in sorted(Path(folder).iterdir())]
