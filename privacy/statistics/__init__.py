"""Anonymous statistics: what the portals hold of persons is folded once a month into figures of nobody (PDP-3.9, 5.2).

Those figures are all that product statistics may read, as a database role that reads nothing else.
"""
