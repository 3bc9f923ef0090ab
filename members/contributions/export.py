"""Contributions in « Tout télécharger »: the terms and the instalments of whoever pays them."""

from collections.abc import Iterator

from members.contributions.queries import instalments_of, policies_paid_by, terms_of
from members.households.rules import Viewpoint
from portals.accounts.export.registry import Content
from portals.presentation.spreadsheets import amount_cell, date_cell, sheet, text_cell

TERM_HEADINGS = ("N° de contrat", "Du", "Au", "Montant d’une échéance (€)", "Rythme", "Mode de paiement", "Jour")
INSTALMENT_HEADINGS = ("N° de contrat", "Due le", "Montant (€)", "État", "Depuis le")


def contribution_files(view: Viewpoint) -> Iterator[tuple[str, Content]]:
    """Two files, when there is anything to say."""
    policies = policies_paid_by(view)
    terms, known = terms_of(policies), instalments_of(policies)
    numbers = {policy.pk: text_cell(policy.policy_number) for policy in policies}
    if any(terms.values()):
        rows = (
            [
                numbers[term.policy_id], date_cell(term.valid_from), date_cell(term.valid_to), amount_cell(term.amount),
                term.get_frequency_display(), term.get_mode_display(), str(term.day),
            ]
            for of_policy in terms.values()
            for term in of_policy
        )  # fmt: skip
        yield "cotisations.csv", sheet(TERM_HEADINGS, rows)
    if any(known.values()):
        yield "échéances.csv", sheet(
            INSTALMENT_HEADINGS,
            (
                [
                    numbers[one.policy_id], date_cell(one.due_on), amount_cell(one.amount), one.get_state_display(),
                    date_cell(one.state_on),
                ]
                for of_policy in known.values()
                for one in of_policy
            ),
        )  # fmt: skip
