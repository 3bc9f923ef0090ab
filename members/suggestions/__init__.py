"""What may be useful to a person, from their contract alone; nothing once they object to it (PDP-3.10, 5.1)."""
