"""The face of the app: Django finds the rooms' models here."""

from portals.access.models import Grant
from portals.accounts.models import Account, AccountRequest
from portals.documents.models import StoredFile
from portals.feeds.models import FeedRun
from portals.jobs.models import Job, Occurrence
from portals.secrets.models import SubjectKey
from portals.terms.models import Acceptance, TermsVersion

__all__ = [
    "Acceptance",
    "Account",
    "AccountRequest",
    "FeedRun",
    "Grant",
    "Job",
    "Occurrence",
    "StoredFile",
    "SubjectKey",
    "TermsVersion",
]
