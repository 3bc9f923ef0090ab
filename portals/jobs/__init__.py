"""Durable work (security.md, "Reliability"): a promised effect is a row until it is done; Celery only says "look now".

enqueue("statement.notice", key="1234", subject_id=1234)   # inside the caller's transaction
@handler("statement.render")                               # effect and state committed together
@mail_handler("statement.notice")                          # an e-mail: sent once, or marked unknown
"""

from portals.jobs.actions import ask, enqueue, enqueue_all
from portals.jobs.models import Job, JobState, Priority
from portals.jobs.registry import UnknownKind, handler, mail_handler
from portals.jobs.work import run_due, run_next

__all__ = [
    "Job",
    "JobState",
    "Priority",
    "UnknownKind",
    "ask",
    "enqueue",
    "enqueue_all",
    "handler",
    "mail_handler",
    "run_due",
    "run_next",
]
