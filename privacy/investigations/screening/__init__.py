"""Vigilance (PDP-3.7): the portfolio against the freeze list, and payments that are out of the ordinary.

A rule only raises a flag; the officer confirms or dismisses it, with a reason. Nothing follows from a flag by itself.
"""
