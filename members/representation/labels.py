"""What the grants of the member space are called when one chooses for whom to act."""

from collections.abc import Sequence

from members.households.models import Person
from members.representation.models import Quality, Representation, State
from members.representation.rules import SHORT
from portals.access.models import Grant
from portals.access.switching import Label, register_labels
from portals.accounts.models import Space

BORN = {"1": "né", "2": "née"}


def labels_of(grants: Sequence[Grant]) -> dict[int, Label]:
    """Name, birth date when it tells something, and quality, of each grant's person. Two queries."""
    persons = {
        pk: (f"{given.split(',')[0].split()[0]} {family}" if given.strip() else family, BORN.get(sex, "né(e)"), born)
        for pk, given, family, sex, born in Person.objects.filter(
            pk__in=[grant.subject_id for grant in grants]
        ).values_list("pk", "given_names", "family_name", "sex", "birth_date")
    }
    accounts = {grant.account_id for grant in grants}
    in_force = Representation.objects.filter(account_id__in=accounts, person_id__in=persons, state=State.ACCEPTED)
    qualities = {
        (account_id, person_id): SHORT[Quality(quality)]
        for account_id, person_id, quality in in_force.values_list("account_id", "person_id", "quality")
    }
    labels: dict[int, Label] = {}
    for grant in grants:
        if grant.subject_id not in persons:
            continue
        name, word, born = persons[grant.subject_id]
        quality = qualities.get((grant.account_id, grant.subject_id), "représentation") if grant.represents else ""
        detail = f"{quality}, {word} le {born:%d/%m/%Y}" if quality else "moi-même"
        labels[grant.pk] = Label(name, detail, quality)
    return labels


register_labels(
    Space.MEMBER,
    labels_of,
    menu="Agir pour quelqu’un",
    question="Pour qui agissez-vous",
    search="Nom de la personne",
)
