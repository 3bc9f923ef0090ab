"""Affiliating from a DSN file: read, compared with the workforce, shown as a difference, applied by one click (CGU-3.16).

    text = lines.decode(content)              # encoding told line by line
    file = reading.read(text)                 # the blocks 06, 11, 15, 30, 40, 62, 70, 73 as a tree, and every anomaly
    proposals.propose(file, portfolio, …)     # what it would change, pure
    actions.apply(by=…, …)                    # the one door that writes

docs/decisions/dsn.md
"""
