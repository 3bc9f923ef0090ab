"""How the rows of a person are found here, for an erasure."""
