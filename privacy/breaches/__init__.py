"""Incidents, and the breaches of personal data among them: qualified, contained, notified, told (RGPD, art. 33 and 34).

`privacy.breaches` holds the incident, its timeline and what stops it; `violations` the breach, its clock of 72 hours and
its file for the authority; `telling` the persons concerned and what reaches them.
"""
