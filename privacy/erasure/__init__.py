"""Erasing somebody (GDPR, art. 17), as the declarations of each app say it: a plan first, then the plan and nothing else.

`registry`: how the rows of a person are found, told by each app. `planning`: what goes and what the law keeps, until
when. `running`: the process that does it, as the database role `eraser`. `ledger`: what is done again after a restore.
"""
