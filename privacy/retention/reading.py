"""Who reads the intermediate archive: nobody of the ordinary roles."""

from typing import Any

from django.db.models import QuerySet

from portals.accounts.models import Space
from portals.gestion.archives import Archive, register
from privacy.retention.models import Archived

READ = "privacy.view_archived"


def archived_persons() -> QuerySet[Archived, Any]:
    return Archived.objects.filter(space=Space.MEMBER).values("subject_id")


register(Archive(persons=archived_persons, permission=READ))
