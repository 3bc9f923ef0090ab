"""The two codes of the card, drawn as SVG outlines (`portals.documents.symbols`)."""

from ppf.datamatrix import DataMatrix

from portals.documents.symbols import Symbol, outline, qr_symbol

__all__ = ["Symbol", "datamatrix_symbol", "qr_symbol"]

DATAMATRIX_MARGIN = 2
"""Modules left white: the standard asks one, folds and scissors take the other."""


def datamatrix_symbol(text: str) -> Symbol:
    return outline(DataMatrix(text).matrix, DATAMATRIX_MARGIN)
