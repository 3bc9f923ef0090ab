"""Alerts: what an account must be told on every page of its space until its holder says that it was read."""
