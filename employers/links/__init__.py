"""Affiliating by link (CGU-3.16): the company says whom and when, the employee says the rest, the company confirms.

    sending.invite(by=…, grant=…, invited=…)    # a single-use link leaves by e-mail
    answering.save / complete / ask_waiver      # whoever holds the link, without an account
    confirming.confirm(by=…, grant=…, …)        # one operation, undone within 24 hours

What the employee types is sealed; the company never sees their NIR, dependants or bank account (PDP-3.3).
docs/decisions/employee-links.md
"""
