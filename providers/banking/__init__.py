"""The bank account that the mutual pays a practice on."""
