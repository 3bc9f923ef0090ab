"""Whom a file is about, found by what an investigator types: an identifier, a number, a name."""

from dataclasses import dataclass

from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account, Space
from portals.gestion import holders
from privacy.erasure.registry import answers_of
from privacy.looks.registry import find_persons

MOST = 20


@dataclass(frozen=True)
class Found:
    """Somebody. `subject_id` None: an account that acts for nobody that we know. `words` tell two namesakes apart."""

    space: str
    tenant_id: int | None
    subject_id: int | None
    account_id: int | None
    name: str
    words: str = ""

    @property
    def code(self) -> str:
        """As a form sends it back."""
        return f"{self.space}-{self.subject_id or 0}-{self.account_id or 0}"


def find(text: str) -> list[Found]:
    """Everybody who fits, at most `MOST`. In the staff's scope, which knows identity and contract only."""
    return [*_accounts(text), *_persons(text), *_organisations(text)][:MOST]


def _accounts(text: str) -> list[Found]:
    account = Account.objects.filter(identifier=text.replace(" ", ""), is_staff=False).first()
    if account is None:
        return []
    grant = Grant.objects.filter(account=account, space=account.space).order_by("pk").first()
    return [
        Found(
            space=account.space,
            tenant_id=grant.tenant_id if grant else None,
            subject_id=None,
            account_id=account.pk,
            name=account.organisation_name or account.display_name,
            words=f"compte {account.identifier}",
        )
    ]


def _persons(text: str) -> list[Found]:
    found = find_persons(text)
    with isolation.system():
        homes = {one.id: answers_of(Space.MEMBER).find(one.id, None).tenant_id for one in found}
    return [Found(Space.MEMBER, homes[one.id], one.id, None, one.name, one.words) for one in found]


def _organisations(text: str) -> list[Found]:
    found = []
    for space, numbers in holders.find(text.replace(" ", "")).items():
        if space == Space.MEMBER:
            continue  # its persons were found one by one
        names = holders.names(space, numbers)
        found += [
            Found(space, number, number, None, names.get(number, ""), str(Space(space).label)) for number in numbers
        ]
    return found


def accounts_of(space: str, tenant_id: int | None, subject_id: int | None, account_id: int | None) -> list[Account]:
    """The accounts through which somebody acts: their own, or those of a company or a practice. One query."""
    if account_id:
        return list(Account.objects.filter(pk=account_id))
    grants = Grant.objects.filter(space=space, revoked_at=None)
    grants = (
        grants.filter(subject_id=subject_id or 0) if space == Space.MEMBER else grants.filter(tenant_id=tenant_id or 0)
    )
    own = {"basis": "cover"} if space == Space.MEMBER else {}
    return list(Account.objects.filter(pk__in=grants.filter(**own).values("account_id")).order_by("pk"))
