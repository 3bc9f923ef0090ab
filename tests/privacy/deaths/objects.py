"""Deaths for tests: declared, checked by an agent, confirmed by the data protection officer."""

import datetime

from members.coverage.models import Cover
from members.households.models import Person
from portals.access import isolation
from portals.documents.quarantine import release
from portals.documents.uploads import CleanFile
from privacy.deaths import declaring, verifying
from privacy.deaths.models import Death, DeathTask, Way
from tests import builders
from tests.privacy.directives.objects import holder_of

DIED = datetime.date(2026, 10, 1)
PAPER = CleanFile("acte.pdf", "application/pdf", b"%PDF-1.7")
CLAIM = {
    "given_names": "Alice", "family_name": "Le Goff", "birth_date": "1985-03-07", "died_on": DIED.isoformat(),
    "member_number": "48217736", "name": "Nolwenn Le Goff", "quality": "sa sœur", "email": "nolwenn@example.org",
}  # fmt: skip


def declared() -> Death:
    """With a document out of quarantine, of nobody yet."""
    death = declaring.declare_signed_out(claim=CLAIM, files=[PAPER])
    with isolation.system():
        upload = death.proofs.get().upload
        assert upload is not None
        release(by=None, upload=upload)
    return death


def entered() -> Death:
    """Told by telephone, without a document."""
    return declaring.enter(by=builders.staff(), way=Way.PHONE, claim={**CLAIM, "email": ""}, received_on=DIED)


def checked(person: Person) -> Death:
    """The person's space is shut; a second person has not confirmed."""
    return verifying.check(by=builders.staff(), death=declared(), holder=holder_of(person), died_on=DIED)


def confirmed(person: Person) -> Death:
    return verifying.confirm(by=builders.staff(), death=checked(person))


def task_of(death: Death, kind: str) -> DeathTask:
    with isolation.system():
        return DeathTask.objects.select_related("death").get(death=death, kind=kind)


def end_cover(person: Person) -> None:
    """As the management does, on the day of the death."""
    with isolation.system():
        Cover.objects.filter(person=person).update(end_date=DIED)
