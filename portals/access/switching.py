"""Choosing for whom one acts, among the open grants of an account: a person, a household's child, a client company.

Each space registers, when its app is ready, what its grants are called:

    switching.register_labels(
        Space.MEMBER, labels_of, menu="Changer de personne", question="Pour qui agissez-vous", search="Nom de la personne"
    )
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from portals.access import isolation, reference
from portals.access.entry import ACTING_GRANT, entry_of
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.names import folded_name
from portals.signals import announce


@dataclass(frozen=True)
class Label:
    """What a grant is called: a name, and a detail that tells it from another one of the same name.

    `quality` stands in brackets in the header: `parent`, `tutelle`, `mandat`.
    """

    name: str
    detail: str = ""
    quality: str = ""


type Labels = Callable[[Sequence[Grant]], Mapping[int, Label]]
"""Labels by the id of the grant. A constant number of queries, whatever the number of grants."""


@dataclass(frozen=True)
class Words:
    """How a space speaks of those one may act for."""

    labels: Labels
    menu: str
    question: str
    search: str


_spaces: dict[str, Words] = {}


class NotOne(LookupError):
    """The grant is not an open one of this account's."""


@dataclass(frozen=True)
class Choice:
    """A grant that may be chosen, and how it is found."""

    grant: Grant
    label: Label
    is_current: bool = False

    @cached_property
    def words(self) -> list[str]:
        return folded_name(self.label.name).split()

    @property
    def keys(self) -> str:
        """What the page's script compares: the folded name."""
        return " ".join(self.words)


def register_labels(space: str, labels: Labels, *, menu: str, question: str, search: str) -> None:
    """Tell what the grants of a space are called. `menu` is the link of the account menu, `question` the page's answer."""
    _spaces[space] = Words(labels, menu, question, search)


def words_of(space: str) -> Words | None:
    """How the space speaks of it; None for a space where nobody acts for somebody else."""
    return _spaces.get(space)


def choices_of(account: Account, *, day: datetime.date, current_id: int | None) -> list[Choice]:
    """Every open grant of the account in its space, its own first, then by name."""
    words = words_of(account.space)
    grants = list(Grant.objects.filter(account=account, space=account.space).open_on(day))
    if words is None or not grants:
        return []
    # Their names lie in as many households as there are grants: read for these grants only, in the system's context.
    with isolation.system():
        labels = words.labels(grants)
    choices = [Choice(grant, labels[grant.pk], grant.pk == current_id) for grant in grants if grant.pk in labels]
    return sorted(choices, key=lambda choice: (choice.grant.represents, choice.words, choice.grant.pk))


def matching(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Those whose names answer to what was typed, the best first: initials, beginnings of words, then anything within."""
    wanted = folded_name(typed)
    if not wanted:
        return list(choices)
    ranked = [(rank, choice) for choice in choices if (rank := _rank(choice, wanted)) is not None]
    return [choice for _, choice in sorted(ranked, key=lambda pair: pair[0])]


def _rank(choice: Choice, wanted: str) -> int | None:
    """How well a name answers; None when it does not. The page's script counts in the same way."""
    initials = "".join(word[0] for word in choice.words)
    letters = wanted.replace(" ", "")
    if initials.startswith(letters):
        return 0
    if initials[::-1].startswith(letters):
        return 1
    parts = wanted.split()
    if all(any(word.startswith(part) for word in choice.words) for part in parts):
        return 2
    if all(any(part in word for word in choice.words) for part in parts):
        return 3
    return None


def current_label(grant: Grant) -> Label | None:
    """For whom the request acts, when it is for somebody else; read in the running context, which is that tenant's."""
    return label_of_grant(grant) if grant.represents else None


def tell_name(request: HttpRequest, name: str) -> None:
    """Say what the request's grant is called, when the view has just read it: its page does not read it again."""
    request.name_told = name  # type: ignore[attr-defined]  # read by name_of


def name_of(request: HttpRequest, grant: Grant) -> str | None:
    """What the running request's grant is called, as the view has told or by one query; None when it has no name."""
    told: str | None = getattr(request, "name_told", None)
    if told is not None:
        return told
    label = label_of_grant(grant)
    return label.name if label else None


def label_of_grant(grant: Grant) -> Label | None:
    """What the running request's grant is called, whomever it is for. One query; None on the page of an error.

    The transaction of a view that raised is rolled back before its error page is written, and reads nothing more.
    """
    if connection.needs_rollback:
        return None
    words = words_of(grant.space)
    return words.labels([grant]).get(grant.pk) if words is not None else None


def choice_to_make(request: HttpRequest) -> HttpResponse | None:
    """The way to the choice of the one acted for: before the first time, and once that grant has ended; else None.

    Every page that reads or writes by the grant asks this first, outside of the spaces too.
    """
    chosen, grant = request.session.get(ACTING_GRANT), entry_of(request).grant
    if chosen is not None and (grant is None or grant.pk != chosen):
        # What the session acted by has ended. Nothing may be done in its stead without the person knowing.
        del request.session[ACTING_GRANT]
        messages.warning(request, "Vous n’agissez plus pour la personne choisie\u00a0: ce droit a pris fin.")
        return redirect("portals:persons")
    if chosen is None and grant is not None and grant.represents:
        return redirect("portals:persons")  # one acts for somebody else after having chosen whom
    return None


def switch(request: HttpRequest, *, by: Account, grant_id: int) -> Grant:
    """Act by this grant from the next request on. Raises NotOne for anything but an open grant of the account's own."""
    grants = Grant.objects.filter(account=by, space=by.space).open_on(timezone.localdate())
    grant = grants.filter(pk=grant_id).first()
    if grant is None:
        raise NotOne
    request.session[ACTING_GRANT] = grant.pk
    # The entry is of the one whom the account acts for from now on, not of the one it leaves.
    before = reference.current()
    acting_as = str(grant.basis) if grant.represents else ""
    reference.remember(replace(before, tenant_id=grant.tenant_id, subject_id=grant.subject_id, acting_as=acting_as))
    announce(
        "access.switched", by=by, object_kind="grant", object_id=grant.pk, details={"from": before.subject_id or 0}
    )
    return grant
