"""The homes of the roles that work with the data protection officer: security, data, risk and compliance (PDP-2.8)."""
