"""Whom a breach concerns, and what reaches each: alert in the space, e-mail, letter (RGPD, art. 34; PDP-7.9)."""
