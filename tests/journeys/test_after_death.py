"""From a phone without script: directives written, changed, revoked; then a death from its declaration to its last suite."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from portals import jobs
from portals.access import isolation
from portals.gestion.roles import Role
from privacy.deaths.models import Death, DeathTask, State
from privacy.directives.models import Directives
from tests import builders
from tests.cast import Cast
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone, goes_on
from tests.privacy.deaths.objects import declared, end_cover
from tests.privacy.directives.objects import directives_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.commitment("PDP-8.8", "CGU-8.8"),
]


def test_directives_from_a_phone(phone: Phone, cast: Cast) -> None:
    page = phone(builders.sign_in(Client(), cast.alice_account))
    page.goto(reverse("privacy:my_data"))
    page.get_by_role("link", name="Écrire mes directives", exact=True).click()
    page.get_by_role("link", name="Écrire mes directives").click()
    page.check("input[name=fate_contact][value=erase]")
    page.check("input[name=fate_health][value=communicate]")
    page.fill("[name=recipient_name]", "Nolwenn Le Goff")
    page.fill("[name=recipient_email]", "nolwenn@example.org")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("body")).to_contain_text("Sans cet accord")
    page.check("input[name=accord]")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vos directives sont enregistrées")
    page.get_by_role("link", name="Modifier").click()
    page.check("input[name=fate_contact][value=keep]")
    page.check("input[name=accord]")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("body")).to_contain_text("Version 2")
    page.get_by_role("link", name="Révoquer").click()
    page.get_by_role("button", name="Révoquer").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("pour après votre décès")
    with isolation.system():
        assert [row.is_revocation for row in Directives.objects.order_by("number")] == [False, False, True]


def test_from_the_declaration_to_the_last_suite(browser_page: Page, live_site: str, cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice)
    death = declared()
    page = browser_page
    goes_on(page, builders.enter_gestion(Client(), builders.colleague(Role.AGENT)), live_site)
    page.goto(reverse("admin:privacy_death_change", args=[death.pk]))
    page.get_by_role("link", name="Reconnaître la personne").click()
    page.fill("[name=number]", "48217736")
    page.fill("[name=birth_date]", f"{cast.alice.birth_date:%d/%m/%Y}")
    page.fill("[name=died_on]", "01/10/2026")
    page.check("input[name=proven]")
    page.get_by_role("button", name="Reconnaître la personne").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("à confirmer")
    goes_on(page, builders.enter_gestion(Client(), builders.colleague(Role.DPO)), live_site)
    page.reload()
    page.get_by_role("link", name="Confirmer le décès").click()
    page.check("input[name=sure]")
    page.get_by_role("button", name="Confirmer le décès").click()
    expect(page.locator("body")).to_contain_text("Yann Corre")
    with isolation.system():
        tasks = list(DeathTask.objects.filter(death=death).order_by("pk"))
    end_cover(cast.alice)
    for task in tasks:
        page.goto(reverse("admin:privacy_deathtask_change", args=[task.pk]))
        if task.kind == "directives.erase":
            page.get_by_role("link", name="Voir le plan d’effacement").click()
            page.check("input[type=checkbox]")
            page.get_by_role("button", name="Effacer").click()
        elif task.kind == "directives.communicate":
            page.get_by_role("link", name="Donner le lien").click()
            page.fill("[name=identity]", "Pièce vue en agence.")
            page.get_by_role("button", name="Envoyer le lien").click()
            page.get_by_role("link", name="Ce n’est pas possible").click()
            page.fill("[name=reason]", "Elle a refusé.")
            page.get_by_role("button", name="Clore la tâche").click()
        else:
            page.get_by_role("button", name="C’est fait").click()
    with isolation.system():
        death.refresh_from_db()
    assert death.state == State.SETTLED
    jobs.run_due()


def test_axe_finds_nothing_on_these_pages(browser_page: Page, live_site: str, cast: Cast) -> None:
    directives_of(cast.alice_account, cast.alice)
    goes_on(browser_page, builders.sign_in(Client(), cast.alice_account), live_site)
    names = ("directives", "directives_write", "directives_revoke", "death_declare", "death_sent", "memorial")
    wrong = [fault for name in names for fault in faults_at(browser_page, reverse(f"privacy:{name}"))]
    assert wrong == []
    with isolation.system():
        assert not Death.objects.exists()
