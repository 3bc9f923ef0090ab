"""The face of the app: Django finds the rooms' models here."""

from portals.access.models import EndNotice, Grant, Restriction, Withdrawal
from portals.accounts.closing.models import Deletion
from portals.accounts.export.models import AccountExport, ExportLink, ExportTransfer
from portals.accounts.fraud.models import FraudReport
from portals.accounts.models import Account, AccountRequest, KnownNetwork
from portals.accounts.second_factor.models import MailCode, RecoveryCodes, TotpDevice
from portals.accounts.security.models import AccountSession, EmailChange
from portals.alerts.models import Alert
from portals.banking.models import BankChange
from portals.correspondence.models import Message, Numbering, StaffNote, Thread, WritingDraft
from portals.correspondence.reports.models import ErrorReport
from portals.documents.models import StoredFile, Upload
from portals.documents.verification.models import IssuedDocument
from portals.editorial.audience.models import PageCount
from portals.editorial.availability.models import Interruption
from portals.editorial.information.models import Article, ArticleVersion
from portals.editorial.legal.models import LegalVersion
from portals.editorial.switches.models import ServiceSwitch
from portals.feeds.models import FeedRun
from portals.jobs.models import Job, Occurrence
from portals.secrets.models import SubjectKey
from portals.terms.models import Acceptance, TermsDraft, TermsVersion

__all__ = [
    "Acceptance",
    "Account",
    "AccountExport",
    "AccountRequest",
    "AccountSession",
    "Alert",
    "Article",
    "ArticleVersion",
    "BankChange",
    "Deletion",
    "EmailChange",
    "EndNotice",
    "ErrorReport",
    "ExportLink",
    "ExportTransfer",
    "FeedRun",
    "FraudReport",
    "Grant",
    "Interruption",
    "IssuedDocument",
    "Job",
    "KnownNetwork",
    "LegalVersion",
    "MailCode",
    "Message",
    "Numbering",
    "Occurrence",
    "PageCount",
    "RecoveryCodes",
    "Restriction",
    "ServiceSwitch",
    "StaffNote",
    "StoredFile",
    "SubjectKey",
    "TermsDraft",
    "TermsVersion",
    "Thread",
    "TotpDevice",
    "Upload",
    "Withdrawal",
    "WritingDraft",
]
