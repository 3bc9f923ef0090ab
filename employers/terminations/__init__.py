"""An employee leaves: why, until when they are covered, what follows by law, what they are told. docs/decisions/portability.md"""
