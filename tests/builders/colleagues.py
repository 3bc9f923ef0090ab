"""Members of staff with roles, and their way into `/gestion/`."""

import time
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from portals.accounts.models import Account
from portals.gestion import mode
from portals.gestion.roles import Role
from tests.builders.accounts import sign_in, staff


def colleague(*roles: Role, **fields: Any) -> Account:
    """A staff account in these groups."""
    made = staff(**fields)
    made.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return made


def enter_gestion(client: Client, account: Account) -> Client:
    """The client as the switch of mode gestion leaves it."""
    sign_in(client, account)
    session = client.session
    session[mode.UNTIL] = time.time() + mode.LASTS
    session.save()
    return client
