"""« Qui a consulté mes données »: every look at a person's record, by whoever it was, and why (security.md)."""
