"""The door attacked for real: gunicorn, Valkey, PostgreSQL, threads, many source addresses. Nothing is replaced.

The suite runs short forms; `make attack` runs 10 000 attempts and 1 000 pairs.
"""
