"""The face of the app for the staff's site: imports each room's admin."""

from members.beneficiaries import admin as beneficiaries_admin  # noqa: F401  the rules and the queue of requests
from members.benefits import admin as benefits_admin  # noqa: F401  dated figures
from members.benefits.differences import admin as differences_admin  # noqa: F401  the queue of amounts that differ
from members.card import admin as card_admin  # noqa: F401  the reference tables
from members.contributions import admin as contributions_admin  # noqa: F401  terms and instalments
from members.households.choices import admin as choices_admin  # noqa: F401  judgments on parental authority
from members.library import admin as library_admin  # noqa: F401  enforceable documents
from members.noemie import admin as noemie_admin  # noqa: F401  links with the caisses
from members.quotes.requests import admin as requests_admin  # noqa: F401  the queue of agreements and reimbursements
from members.representation import admin as representation_admin  # noqa: F401  the queue of requests
from members.termination import admin as termination_admin  # noqa: F401  requests to end a policy
