"""The face of the app: Django finds the rooms' models here."""

from employers.banking.models import CompanyAccount
from employers.companies.models import Company, GroupContract
from employers.contributions.models import ContributionLine, ContributionSlip, LineDispute
from employers.dsn.models import DsnDraft
from employers.imports.models import EmployeeFile
from employers.links.models import EmployeeLink
from employers.technical.models import TechnicalAccount, TechnicalLine
from employers.terminations.models import EmployeeTermination
from employers.users.models import Invitation, Mandate
from employers.waivers.models import ProvidedCase, Waiver, WaiverRequest, WaiverStep
from employers.workforce.models import Affiliation, Operation, OperationItem, WorkforceDraft

__all__ = [
    "Affiliation",
    "Company",
    "CompanyAccount",
    "ContributionLine",
    "ContributionSlip",
    "DsnDraft",
    "EmployeeFile",
    "EmployeeLink",
    "EmployeeTermination",
    "GroupContract",
    "Invitation",
    "LineDispute",
    "Mandate",
    "Operation",
    "OperationItem",
    "ProvidedCase",
    "TechnicalAccount",
    "TechnicalLine",
    "Waiver",
    "WaiverRequest",
    "WaiverStep",
    "WorkforceDraft",
]
