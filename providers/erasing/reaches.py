"""What the professional space holds of a professional, and of the patients whom they billed."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from members.households.models import Person
from portals.access.models import Grant
from portals.accounts.models import Account, Space
from privacy.erasure.registry import Answers, Key, Reach, Rows, Target, register, register_space
from privacy.erasure.rules import Relation
from providers.agreements.models import Agreement


def _practice(target: Target) -> Q | None:
    return Q(professional_id__in=target.practices) if target.professional_id else None


def _billed(prefix: str = "") -> Rows:
    """The practice's; or those of one patient, whom a member number and a rank designate."""

    def rows(target: Target) -> Q | None:
        if target.person_id:
            patient = Person.objects.filter(
                pk__in=target.persons,
                household__member_number=OuterRef(f"{prefix}member_number"),
                rank=OuterRef(f"{prefix}rank"),
            )
            return Q(Exists(patient))
        return _practice(target)

    return rows


def _delegated(target: Target) -> Q | None:
    mine, own = _practice(target), target.own("accepted_by")
    return mine | own if mine and own else mine or own


register(
    Reach("providers.InvoiceLine", rows=_billed("invoice__"), before=("members.Person", "members.Household")),
    Reach("providers.Invoice", rows=_billed(), before=("members.Person", "members.Household")),
    Reach("providers.InvoiceTotal", rows=_practice),
    Reach("providers.TransferTotal", rows=_practice),
    Reach("providers.Transfer", rows=_practice),
    Reach("providers.RightsLookup", rows=_practice),
    Reach("providers.PaymentComplaint", rows=_practice),
    Reach("providers.Delegation", rows=_delegated, keys=(Key("delegation:{reference}", ("email_sealed",)),)),
    Reach("providers.Listing", rows=_practice, goes_whole=True),
    Reach("providers.Agreement", rows=_practice, keys=(Key("agreement:{agreement_number}", ("iban_sealed",)),)),
    Reach(
        "providers.Professional",
        rows=lambda target: Q(id__in=target.practices) if target.professional_id else None,
        blanks={"city_code": ""},
    ),
)


def find(account_id: int, _professional_id: int | None) -> Target:
    """The account of a professional; the practice is theirs when they hold it, and not when they work there."""
    holds = Grant.objects.filter(space=Space.PROFESSIONAL, account_id=account_id, role="").order_by("pk")
    practice = holds.values_list("tenant_id", flat=True).first()
    return Target(
        space=Space.PROFESSIONAL,
        subject_id=account_id,
        tenant_id=practice,
        accounts=(account_id,),
    )


def relation_of(target: Target) -> Relation:
    """Their agreements; somebody who works at a practice has none, and what they did is proof from now on."""
    today = timezone.localdate()
    if target.professional_id is None:
        return Relation(ended_on=today)
    agreements = Agreement.objects.filter(professional_id=target.professional_id)
    if agreements.filter(Q(end_date=None) | Q(end_date__gte=today)).exists():
        return Relation(is_running=True)
    last = agreements.order_by("-end_date").values_list("end_date", flat=True).first()
    return Relation(ended_on=last or today)


def everybody() -> Iterator[tuple[int, int | None]]:
    for number in Account.objects.filter(space=Space.PROFESSIONAL).order_by("pk").values_list("pk", flat=True):
        yield number, find(number, None).tenant_id


register_space(Space.PROFESSIONAL, Answers(find=find, relation=relation_of, everybody=everybody))
