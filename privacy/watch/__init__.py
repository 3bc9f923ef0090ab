"""The watch over the journal: what is unusual in it opens an incident by itself (PDP-7.6)."""
