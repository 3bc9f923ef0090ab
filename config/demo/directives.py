"""What the demo member decided for after her death, changed once; and a death that waits for its verification."""

import datetime

from django.utils import timezone

from config.demo.accounts.parts import STAFF
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, Space
from privacy.consents.holders import Holder
from privacy.deaths.declaring import enter
from privacy.deaths.models import Way
from privacy.directives.actions import write
from privacy.directives.contents import Contact, Content
from privacy.directives.holders import Writer
from privacy.directives.models import Directives
from privacy.directives.rules import Capacity

SISTER = Contact("Nolwenn Le Goff", "nolwenn.le-goff@exemple.fr", "12 quai de la Douane\n29200 Brest")
FIRST = Content(fates={"contact": "erase"}, executor=SISTER)
SECOND = Content(
    fates={"identity": "keep", "contact": "erase", "contract": "keep", "health": "communicate"}, recipient=SISTER,
    executor=SISTER,
)  # fmt: skip
DECLARED = {
    "given_names": "Marcel", "family_name": "Kervella", "birth_date": "1938-02-11", "name": "Anne Kervella",
    "quality": "sa fille",
}  # fmt: skip


def fill_directives() -> bool:
    """Write them once; says whether they were missing."""
    with isolation.system():
        person = Person.objects.get(person_ref=PERSONS["member"])
        grant = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person.pk).first()
        _role, name, _note = STAFF["dpo"]
        dpo = Account.objects.filter(display_name=name, is_staff=True).first()
        if grant is None or dpo is None or Directives.objects.filter(space=Space.MEMBER, subject_id=person.pk).exists():
            return False
        writer = Writer(Holder(Space.MEMBER, person.pk, person.household_id), "", Capacity.SELF)
        for read, content in enumerate((FIRST, SECOND)):
            write(by=grant.account, writer=writer, content=content, accepted=True, read=read)
        received_on = timezone.localdate() - datetime.timedelta(days=9)
        died_on = received_on - datetime.timedelta(days=6)
        enter(
            by=dpo, way=Way.POST, received_on=received_on,
            claim={**DECLARED, "died_on": died_on.isoformat()},
        )  # fmt: skip
    return True
