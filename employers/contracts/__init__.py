"""The group contracts of a company, and the texts that hold for them."""
