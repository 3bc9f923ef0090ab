"""Affiliating employees by file: a spreadsheet is read, checked line by line, corrected in place, then affiliated."""
