"""The face of the app: Django finds the rooms' models here."""

from portals.access.models import Grant
from portals.accounts.models import Account
from portals.documents.models import StoredFile
from portals.feeds.models import FeedRun
from portals.jobs.models import Job, Occurrence
from portals.secrets.models import SubjectKey
from portals.terms.models import Acceptance, TermsVersion

__all__ = [
    "Acceptance",
    "Account",
    "FeedRun",
    "Grant",
    "Job",
    "Occurrence",
    "StoredFile",
    "SubjectKey",
    "TermsVersion",
]
