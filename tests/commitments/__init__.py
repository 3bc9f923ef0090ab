"""Which test holds which clause, and how it went last time: `python -m tests.commitments`."""
