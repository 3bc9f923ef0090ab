"""How long everything is kept, and the run that lets go of it: rules with their source, holds, switches, reports.

One table of rules is read by the run, by the page that tells people and by the data protection officer. Each app tells
its own (`register`); what a rule does to a row is what an erasure does to it (`privacy.erasure`).
"""
