"""What the tests run on: real servers, one database per worker, real processes, a real browser."""
