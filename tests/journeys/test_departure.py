"""An employee leaves after fourteen months: twelve months of portability, in the company's page, in the person's own space
and on their card; a photograph of the certificate of the benefit keeps it. On phones, without JavaScript."""

import calendar
import re

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from employers.workforce.models import Affiliation
from members.households.models import Person
from members.portability.rules import DAY, end_of_months
from portals.access import isolation
from portals.dates import months_after
from portals.jobs import run_due
from portals.presentation.formats import long_date
from tests import builders
from tests.cast import Cast, build_cast
from tests.employers.workforce.objects import affiliated
from tests.harness.browser import Phone
from tests.portals.documents import hostile

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def person_of(affiliation: Affiliation) -> Person:
    with isolation.system():
        return Person.objects.get(pk=Affiliation.objects.values_list("person_id", flat=True).get(pk=affiliation.pk))


@pytest.mark.commitment("CGU-3.15")
def test_fourteen_months_of_work_give_twelve_of_portability_everywhere(phone: Phone, people: Cast) -> None:
    today = timezone.localdate()
    last_day = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    employee = affiliated(people.company)
    person = person_of(employee)
    office = phone(builders.sign_in(Client(), people.company_account))
    office.goto(f"/employeur/salaries/{employee.pk}/")
    office.get_by_role("link", name="Radier ce salarié").click()
    office.get_by_label("Motif du départ").select_option(label="Rupture conventionnelle ou départ négocié")
    office.get_by_label("Dernier jour travaillé").fill(f"{last_day:%d/%m/%Y}")
    office.get_by_label("Début du contrat de travail").fill(f"{months_after(last_day, -14):%d/%m/%Y}")
    office.get_by_role("button", name="Voir ce qui suit").click()
    ends = end_of_months(last_day, 12)
    ends_on, year_end = long_date(ends), ends.replace(year=last_day.year, month=12, day=31)
    expect(office.get_by_role("heading", level=1)).to_contain_text(f"12 mois après son contrat, jusqu’au {ends_on}")
    office.get_by_role("button", name="Enregistrer le départ").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text(
        f"La portabilité couvre Maëlle Le Roux jusqu’au {ends_on}"
    )

    account = builders.account(person)
    run_due()
    home = phone(builders.sign_in(Client(), account))
    home.goto("/adherent/portabilite/")
    expect(home.get_by_role("heading", level=1)).to_contain_text(f"continue, gratuite, jusqu’au {ends_on}")
    home.get_by_role("link", name="Envoyer mon justificatif").click()
    picture = {"name": "attestation.jpg", "mimeType": "image/jpeg", "buffer": hostile.photograph_with_place()}
    home.get_by_label("Ou prendre une photo").set_input_files(picture)  # type: ignore[arg-type]  # a FilePayload
    home.get_by_role("button", name="Envoyer", exact=True).click()
    expect(home.get_by_text("À vérifier")).to_be_visible()
    home.goto("/adherent/carte/")
    expect(home.get_by_role("heading", level=1)).to_contain_text(f"valable jusqu’au {long_date(year_end)}")
    home.goto(f"/adherent/carte/?date={ends:%d/%m/%Y}")
    expect(home.get_by_role("heading", level=1)).to_contain_text(re.compile(f"au {ends_on}|droits seront ouverts"))
    home.goto(f"/adherent/carte/?date={ends + DAY:%d/%m/%Y}")
    expect(home.get_by_role("heading", level=1)).to_contain_text("Vos droits ne sont pas ouverts")
    expect(home.get_by_text(f"Ils l’ont été jusqu’au {ends_on}")).to_be_visible()

    office.reload()
    expect(office.get_by_text("Portabilité en cours")).to_be_visible()
    expect(office.get_by_text("attestation")).to_have_count(0)
