"""What a member takes away: statements, lines of care, persons, contracts (« Tout télécharger »).

Everything is read from the point of view of the grant: an adult dependant's care is theirs alone, and a representative
takes nothing but the person's.
"""

from collections.abc import Iterator

from django.utils import timezone

from members.beneficiaries.export import beneficiary_files
from members.benefits.documents import export as benefit_file
from members.benefits.queries import lines_seen
from members.contributions.export import contribution_files
from members.coordinates.export import coordinates_files
from members.coverage.models import Cover, Policy
from members.households.choices.models import CareChoice, ParentalAuthority
from members.households.choices.queries import choices_of
from members.households.models import Person
from members.households.queries import viewpoint_by
from members.households.rules import Viewpoint
from members.portability.export import portability_files
from members.quotes.export import quote_files
from members.rights.export import looks_files
from members.statements.actions import render_statement
from members.statements.contents import filename_of
from members.statements.models import Statement, StatementState
from members.statements.queries import statements_of
from portals.access.models import Grant
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import date_cell, sheet, text_cell

PERSON_HEADINGS = ("Rang", "Qualité", "Nom", "Nom de naissance", "Prénoms", "Date de naissance")
CONTACT_HEADINGS = ("Adresse e-mail", "Téléphone", "Adresse", "Complément", "Code postal", "Commune", "Pays")
POLICY_HEADINGS = ("N° de contrat", "Formule", "Début", "Fin", "Motif de fin", "Contrat collectif")
COVER_HEADINGS = ("N° de contrat", "Prénoms", "Nom", "Début", "Fin")
CHOICE_HEADINGS = ("Parent", "Voit mes soins", "Depuis le", "Jusqu’au")
JUDGMENT_HEADINGS = ("Enfant", "Autorité exercée par", "Parent seul", "Jugement", "Date du jugement", "À compter du")


def member_files(grant: Grant) -> Iterator[tuple[str, Content]]:
    """The files of one member. Nothing when the person has left the household (their own grant tells the rest)."""
    try:
        view = viewpoint_by(grant, day=timezone.localdate())
    except Person.DoesNotExist:
        return
    yield from _statements(view)
    file, _count = benefit_file(lines_seen(view), view)
    yield "prestations.csv", file
    yield from quote_files(view)
    persons = list(Person.objects.filter(pk__in=view.seen_ids).order_by("rank", "pk"))
    yield "personnes.csv", sheet(PERSON_HEADINGS + CONTACT_HEADINGS, (_person_row(one, view) for one in persons))
    covers = Cover.objects.filter(person_id__in=view.seen_ids).select_related("policy", "person")
    covers = covers.order_by("start_date", "pk")
    policies = Policy.objects.filter(covers__in=covers).select_related("plan").distinct().order_by("start_date", "pk")
    yield "contrats.csv", sheet(POLICY_HEADINGS, (_policy_row(policy) for policy in policies))
    yield "couvertures.csv", sheet(COVER_HEADINGS, (_cover_row(cover) for cover in covers))
    yield from contribution_files(view)
    yield from coordinates_files(view)
    yield from beneficiary_files(view)
    yield from looks_files(view)
    yield from portability_files(view)
    yield from _household_privacy(view)


def _household_privacy(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """What the person chose to show to parents, and the judgments on minors whose care is seen; when there are any."""
    choices = [] if view.is_represented else list(choices_of(view.viewer.id))
    if choices:
        yield "choix-de-montrer-mes-soins.csv", sheet(CHOICE_HEADINGS, (_choice_row(choice) for choice in choices))
    written = ParentalAuthority.objects.filter(child__in=view.seen_ids).select_related("child", "parent")
    judgments = list(written.order_by("start_date", "pk"))
    if judgments:
        yield "autorite-parentale.csv", sheet(JUDGMENT_HEADINGS, (_judgment_row(judgment) for judgment in judgments))


def _statements(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """Every statement addressed to the person, one at a time; those that have no PDF yet get it now."""
    statements = Statement.objects.filter(pk__in=statements_of(view).values("pk")).order_by("period", "pk")
    for pk in list(statements.filter(state=StatementState.DUE).values_list("pk", flat=True)):
        render_statement(statement_id=pk, by=None)
    for statement in statements.defer("content").select_related("file"):
        if statement.file is not None:
            yield f"relevés/{filename_of(statement.period)}", statement.file.file.open("rb")


def _person_row(person: Person, view: Viewpoint) -> list[str]:
    """Contact details are given to their owner only."""
    contact = (
        person.email, person.phone, person.address_line1, person.address_line2, person.postcode, person.city,
        person.country,
    )  # fmt: skip
    return [
        str(person.rank),
        person.get_role_display(),
        text_cell(person.family_name),
        text_cell(person.birth_name),
        text_cell(person.given_names),
        date_cell(person.birth_date),
        *(text_cell(value if person.pk == view.viewer.id else "") for value in contact),
    ]


def _policy_row(policy: Policy) -> list[str]:
    return [
        text_cell(policy.policy_number),
        text_cell(policy.plan.name),
        date_cell(policy.start_date),
        date_cell(policy.end_date),
        text_cell(policy.end_reason),
        text_cell(policy.group_contract),
    ]


def _choice_row(choice: CareChoice) -> list[str]:
    return [
        text_cell(f"{choice.parent.given_names} {choice.parent.family_name}"),
        "oui" if choice.shows else "non",
        date_cell(timezone.localdate(choice.chosen_at)),
        date_cell(timezone.localdate(choice.replaced_at) if choice.replaced_at else None),
    ]


def _judgment_row(judgment: ParentalAuthority) -> list[str]:
    alone = judgment.parent
    return [
        text_cell(f"{judgment.child.given_names} {judgment.child.family_name}"),
        judgment.get_exercised_by_display(),
        text_cell(f"{alone.given_names} {alone.family_name}" if alone else ""),
        text_cell(judgment.judgment_reference),
        date_cell(judgment.judgment_date),
        date_cell(judgment.start_date),
    ]


def _cover_row(cover: Cover) -> list[str]:
    return [
        text_cell(cover.policy.policy_number),
        text_cell(cover.person.given_names),
        text_cell(cover.person.family_name),
        date_cell(cover.start_date),
        date_cell(cover.end_date),
    ]
