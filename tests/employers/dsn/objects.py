"""A DSN file that somebody of a company has sent."""

from django.utils import timezone

from employers.companies.models import Company
from employers.dsn import actions
from employers.dsn.models import DsnDraft
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from tests.employers.contributions.objects import contract_of
from tests.employers.dsn.dsn_files import NICS, SIREN, Employee, Site, employee, written


def draft_of(account: Account, *people: Employee) -> DsnDraft:
    """A file of the account's own company, which affiliates somebody from today."""
    grant = Grant.objects.get(account=account)
    with isolation.system():
        Company.objects.filter(pk=grant.tenant_id).update(siret=f"{SIREN}{NICS[0]}")
        company = Company.objects.get(pk=grant.tenant_id)
    everyone = people or (employee(1, starts_on=timezone.localdate()),)
    content = written([Site(NICS[0], everyone, {"1": contract_of(company).contract_number})])
    with isolation.tenant(account.space, company.pk):
        return actions.keep(by=account, grant=grant, content=content, name="dsn-novembre.txt")
