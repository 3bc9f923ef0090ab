"""Files on fraud and on money laundering (CGU-8.7, PDP-3.7, PDP-3.8): who may open them is decided by the database.

A fraud investigator and the officer for money laundering each work behind a wall of their own; the data protection officer
sees that a file exists, what it holds back from erasure and its clocks, and not a word of it. `screening` compares the
portfolio with the freeze list and looks for unusual payments.
"""
