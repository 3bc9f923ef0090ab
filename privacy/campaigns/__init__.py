"""Messages of the mutual to those who accept them: written by staff, addressed by the contract, never by the care.

Everything about people is read as the database role `campaigns`, which no table of care was ever shown to
(`reading.py`), and each recipient is let through by `privacy.consents.may_use` (PDP-3.5, 4.1, 5.1, 5.3).
"""
