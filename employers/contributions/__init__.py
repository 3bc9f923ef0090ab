"""The contribution slips of a company: what it owes for each period, how it was reckoned, what was paid."""
