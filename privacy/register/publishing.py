"""Publishing the register: what the code declares and what people completed, frozen together under a number."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from portals.accounts.models import Account
from privacy.audit import record
from privacy.register.declared import CLASS_WORDS, RecipientClass
from privacy.register.kept import Line, whole_register
from privacy.register.models import Publication, Recipient, Sheet

type Content = dict[str, Any]
LOCK = 0x4E61
"""So that two versions published at once do not take the same number."""

COLUMNS: Mapping[str, str] = {
    "title": "Traitement",
    "purpose": "Finalité",
    "bases": "Base légale",
    "persons": "Personnes concernées",
    "categories": "Catégories de données",
    "recipients": "Catégories de destinataires",
    "named": "Destinataires et sous-traitants",
    "transfers": "Transferts hors de l’Union européenne",
    "retention": "Durée",
    "measures": "Mesures de sécurité",
    "joint_controllers": "Responsables conjoints",
    "sensitive": "Analyse d’impact",
}
"""The fields of article 30, in the order of the exports."""

NOWHERE = "Aucun"
GENERAL_MEASURES = (
    "Accès nominatifs et limités, second facteur, journal scellé, données cloisonnées par foyer, "
    "secrets chiffrés par personne, pages et envois chiffrés."
)


class NothingNew(Exception):
    """The register says what its last version says."""


def register_now() -> list[Content]:
    """The register of this instant, a dictionary of `COLUMNS` for each processing. Two queries."""
    sheets = {sheet.processing: sheet for sheet in Sheet.objects.all()}
    recipients = list(Recipient.objects.filter(ended_on=None).order_by("name"))
    return [_line(line, sheets.get(line.processing.code), recipients) for line in whole_register()]


def _line(line: Line, sheet: Sheet | None, recipients: Sequence[Recipient]) -> Content:
    processing = line.processing
    mine = [one for one in recipients if processing.code in one.processings]
    return {
        "code": processing.code,
        "title": processing.title,
        "purpose": processing.sentence,
        "bases": processing.bases_words,
        "persons": ", ".join(line.persons) or "celles des traitements dont les données sont reprises",
        "categories": ", ".join(line.categories) or "reprises d’autres traitements, ou tenues hors de ce site",
        "recipients": processing.recipients_words,
        "named": ", ".join(_named(one) for one in mine) or NOWHERE,
        "transfers": ", ".join(
            f"{one.name} ({one.location}\u00a0: {one.safeguards})" for one in mine if one.is_outside_eu
        )
        or NOWHERE,
        "retention": processing.retention,
        "measures": (sheet.measures if sheet else "") or GENERAL_MEASURES,
        "joint_controllers": (sheet.joint_controllers if sheet else "") or NOWHERE,
        "sensitive": "exigée avant la mise en service" if processing.sensitive else "non exigée",
    }


def _named(recipient: Recipient) -> str:
    words = CLASS_WORDS[RecipientClass(recipient.recipient_class)]
    return f"{recipient.name} ({words}{', entité du groupe' if recipient.is_of_group else ''})"


def changes_between(before: Sequence[Content], after: Sequence[Content]) -> list[Content]:
    """What a version changes, cell by cell: processing, column, words before and after. Pure."""
    old, new = ({line["code"]: line for line in lines} for lines in (before, after))
    changes = []
    for code in [*new, *(code for code in old if code not in new)]:
        was, now = old.get(code, {}), new.get(code, {})
        changes += [
            {"code": code, "column": column, "before": was.get(column, ""), "after": now.get(column, "")}
            for column in COLUMNS
            if was.get(column, "") != now.get(column, "")
        ]
    return changes


@transaction.atomic
def publish(*, by: Account, note: str) -> Publication:
    """Freeze the register of now as its next version. Raises NothingNew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Publication.objects.order_by("-number").first()
    content = register_now()
    changes = changes_between(last.content if last else [], content)
    if not changes:
        raise NothingNew
    publication = Publication.objects.create(
        number=last.number + 1 if last else 1,
        published_by=by,
        content=content,
        changes=changes if last else [],
        note=note,
    )
    record("register.published", by=by, object_kind="publication", object_id=publication.number)
    return publication


def named_changes(publication: Publication) -> list[Content]:
    """Its changes with words for their codes; a processing that is gone keeps its code."""
    titles = {line["code"]: line["title"] for line in publication.content}
    return [
        {**change, "title": titles.get(change["code"], change["code"]), "label": COLUMNS.get(change["column"], "")}
        for change in publication.changes
    ]
