"""The rubrics of staff: what the account's role opens, and nothing else."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from portals.accounts.models import Account
from portals.gestion import mode

# Label, URL name, icon, permission; without a permission, everybody's.
RUBRICS = (
    ("Accueil", "admin:index", "home", ""),
    ("Comptes", "admin:portals_account_changelist", "people", "portals.view_account"),
    ("Suspensions", "admin:portals_restriction_changelist", "alert", "portals.view_restriction"),
    ("Incidents", "admin:privacy_incident_changelist", "alert", "privacy.view_incident"),
    ("CGU", "admin:portals_termsversion_changelist", "doc", "portals.view_termsversion"),
    ("Projet de CGU", "admin:portals_termsdraft_changelist", "clock", "portals.view_termsdraft"),
    ("Journal", "admin:privacy_entry_changelist", "list", "privacy.view_entry"),
    ("Représentations", "admin:members_representation_changelist", "user", "members.view_representation"),
    ("Courrier", "admin:portals_thread_changelist", "mail", "portals.view_thread"),
    ("Écarts de montants", "admin:members_amountdifference_changelist", "alert", "members.view_amountdifference"),
    ("Télétransmission", "admin:members_noemielink_changelist", "unlink", "members.view_noemielink"),
    ("Paramètres légaux", "admin:members_lawparameter_changelist", "doc", "members.view_lawparameter"),
    ("Tarifs des actes", "admin:members_acttariff_changelist", "list", "members.view_acttariff"),
    ("Rôles", "admin:roles", "shield", ""),
)


@dataclass(frozen=True)
class Rubric:
    """As the templates of the spaces want it."""

    label: str
    url: str
    icon: str
    current: bool
    suspended: bool = False


def rubrics(request: HttpRequest, account: Account) -> list[Rubric]:
    """The rubrics of a staff account; the home alone while mode gestion is off. At most the two queries of `has_perm`."""
    entered = mode.is_on(request)
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        Rubric(label, reverse(name), icon, current=_is_within(here, name))
        for label, name, icon, permission in RUBRICS
        if name == "admin:index" or (entered and (not permission or account.has_perm(permission)))
    ]


def _is_within(here: str, name: str) -> bool:
    """Whether a page belongs to a rubric: the list's own pages are named after its model."""
    return here == name or (name.endswith("_changelist") and here.startswith(name.removesuffix("changelist")))
