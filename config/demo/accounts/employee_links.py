"""Links that the demo's company has sent to future employees, at each stage, and the DSN of its month, not applied yet."""

import datetime

from django.utils import timezone

from employers.companies.models import Company, GroupContract
from employers.dsn.actions import keep
from employers.dsn.models import DsnDraft
from employers.links.models import EmployeeLink, draw_reference
from employers.links.rules import LIFETIME
from employers.links.sealing import BANK, DEPENDANTS, IDENTITY, Answers, Invited, index_of, seal_answers, seal_invited
from employers.workforce.models import Affiliation
from employers.workforce.queries import affiliations_of, open_contracts, running_on
from members.populate.identifiers import nir
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.dates import months_after

HOUR = datetime.timedelta(hours=1)
BORN = datetime.date(1994, 2, 17)
FIRST_NUMBER = 88_400
"""Of the NIR: far from those of the portfolio, and from those of the demo's file."""
ANSWERS: Answers = {
    IDENTITY: {
        "family_name": "Kerdoncuff", "birth_name": "", "given_names": "Solenn", "sex": "2",
        "birth_date": BORN.isoformat(), "nir": nir("2", BORN, "29", FIRST_NUMBER), "email": "solenn@example.org",
        "phone": "",
    },
    DEPENDANTS: [],
    BANK: {"iban": "FR7630006000011234567890189"},
}  # fmt: skip
LINKS: tuple[tuple[Invited, int, dict[str, int]], ...] = (
    (Invited("Solenn", "Kerdoncuff", "solenn.kerdoncuff@example.org", "E2701"), 40, {"opened": 30, "completed": 2}),
    (Invited("Brendan", "Le Meur", "brendan.lemeur@example.org", "E2702"), 52, {"opened": 20}),
    (Invited("Aziliz", "Quéméner", "aziliz.quemener@example.org", "E2703"), 6, {}),
    (Invited("Goulven", "Tanguy", "goulven.tanguy@example.org", "E2704"), 24 * 17, {}),
)
"""Whom, sent how many hours ago, and how many hours ago each thing happened since."""
NEWCOMERS = (("LE ROY", "Nolwenn", "2"), ("SALAÜN", "Tudi", "1"), ("CALVEZ", "Enora", "2"))


def write_employee_links(account: Account, _agent: Account) -> None:
    """Fill the pages of links and of DSN files. In the system's context."""
    grant = Grant.objects.filter(account=account).order_by("id").first()
    today = timezone.localdate()
    if grant is None or EmployeeLink.objects.filter(invited_by=account).exists():
        return
    if not (contracts := open_contracts(grant.tenant_id, today)):
        return
    for invited, hours, since in LINKS:
        _link(account, contracts[0], invited, hours, since)
    if not DsnDraft.objects.filter(account=account).exists():
        company = Company.objects.get(pk=grant.tenant_id)
        content = "\r\n".join(_dsn(company, contracts[0], today)).encode()
        keep(by=account, grant=grant, content=content, name=f"DSN-{today:%Y-%m}.txt")


def _link(account: Account, contract: GroupContract, invited: Invited, hours: int, since: dict[str, int]) -> None:
    now, reference = timezone.now(), draw_reference()
    sent = now - hours * HOUR
    moments = {f"{what}_at": now - ago * HOUR for what, ago in since.items()}
    EmployeeLink.objects.create(
        reference=reference, company_id=contract.company_id, contract=contract,
        start_date=months_after(timezone.localdate().replace(day=1), 1),
        invited_sealed=seal_invited(reference, invited), email_index=index_of(invited.email), invited_by=account,
        answers_sealed=seal_answers(reference, ANSWERS) if "completed" in since else b"", created_at=sent, sent_at=sent,
        expires_at=sent + LIFETIME, **moments,
    )  # fmt: skip


def _dsn(company: Company, contract: GroupContract, today: datetime.date) -> list[str]:
    """Three people hired, one number that changed, one departure, one contract of another body."""
    known = list(running_on(affiliations_of(company.pk).filter(contract=contract), today).order_by("pk")[:12])
    lines = ["'S10.G00.00.001','Logiciel de paie'", *_block("06", company.siret[:9])]
    lines += [
        *_block("11", company.siret[9:]),
        *_membership(contract.contract_number, "1"),
        *_membership("PREV-0417", "2"),
    ]
    for rank, row in enumerate(known):
        number = f"N{rank:04d}" if rank == 3 else row.employee_number
        lines += _employed(row, number, ends=today if rank == 7 else None)
    for rank, (family_name, given_names, sex) in enumerate(NEWCOMERS):
        born = datetime.date(1990, 5, 4) + datetime.timedelta(days=400 * rank)
        person = nir(sex, born, "29", FIRST_NUMBER + 1 + rank)[:13]
        lines += _person(person, (family_name, given_names), sex, born, f"E28{rank:02d}")
        lines += _affiliated(today.replace(day=1), "2" if rank == 2 else "1", None)
    return [*lines, "'S90.G00.90.002','1'"]


def _employed(row: Affiliation, number: str, *, ends: datetime.date | None) -> list[str]:
    sex = "1" if row.pk % 2 else "2"
    person = nir(sex, row.birth_date, "29", FIRST_NUMBER + 100 + row.pk % 100)[:13]
    told = _person(person, (row.family_name, row.given_names), sex, row.birth_date, number)
    return [*told, *_affiliated(row.start_date, "1", ends)]


def _person(person: str, names: tuple[str, str], sex: str, born: datetime.date, number: str) -> list[str]:
    told = {1: person, 2: names[0], 4: names[1], 5: f"0{sex}", 6: f"{born:%d%m%Y}", 19: number}
    return [_line("30", rank, value) for rank, value in told.items() if value]


def _affiliated(start: datetime.date, membership: str, ends: datetime.date | None) -> list[str]:
    end = [_line("62", 1, f"{ends:%d%m%Y}"), _line("62", 2, "043")] if ends else []
    return [
        _line("40", 1, f"{start:%d%m%Y}"), *end, _line("70", 12, "1"), _line("70", 13, membership),
        _line("70", 14, f"{start:%d%m%Y}"),
    ]  # fmt: skip


def _membership(contract: str, name: str) -> list[str]:
    return [_line("15", 1, contract), _line("15", 5, name)]


def _block(code: str, value: str) -> list[str]:
    return [_line(code, 1, value)]


def _line(block: str, rank: int, value: str) -> str:
    return f"'S21.G00.{block}.{rank:03d}','{value}'"
