"""Who is affiliated to the contracts of a company: the list, the operations that change it, and their undo."""
