"""Issuing and revoking cards."""

import secrets

from django.db import transaction
from django.utils import timezone

from members.card.contents import CardContent, from_data, to_data
from members.card.models import Card, Reason
from members.card.signature import payload_of
from portals.accounts.models import Account
from privacy.audit import record

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Figures and capitals that are not mistaken for one another (no I, L, O, U)."""


def issue(
    *, content: CardContent, household_id: int, policy_id: int, person_id: int | None, by: Account | None
) -> Card:
    """The card that says this: the one in force, or a new one, which revokes whatever it contradicts.

    Cards of one policy and person whose periods meet cannot both be true. Needs the household's row context.
    """
    with transaction.atomic():
        cards = Card.objects.of(policy_id, person_id)
        rivals = cards.filter(
            revoked_at=None, valid_from__lte=content.period.end, valid_to__gte=content.period.start
        ).select_for_update()
        old = None
        for rival in rivals:
            if rival.content_sha256 == content.fingerprint:
                return rival
            old = rival
            revoke(card=rival, reason=_reason(rival, content), by=by)
        reason = _reason(old, content) if old else (Reason.PERIOD if cards.exists() else Reason.FIRST)
        number, now = _number(), timezone.now()
        Card.objects.bulk_create(
            [
                Card(
                    number=number, household_id=household_id, policy_id=policy_id, person_id=person_id,
                    valid_from=content.period.start, valid_to=content.period.end, content=to_data(content),
                    content_sha256=content.fingerprint, reason=reason, issued_at=now,
                    payload=payload_of(content, number=number, issued_on=timezone.localdate(now)),
                )
            ],
            ignore_conflicts=True,  # two pages opened at once: the first card is the card
        )  # fmt: skip
        card = cards.get(valid_from=content.period.start, revoked_at=None)
        record("card.issued", by=by, object_kind="card", object_id=card.pk, details={"reason": reason.value})
    return card


def revoke(*, card: Card, reason: Reason, by: Account | None) -> None:
    """Revoke a card, now. It stays known: whoever checks it is told."""
    with transaction.atomic():
        card.revoked_at, card.revoked_for = timezone.now(), reason
        card.save(update_fields=["revoked_at", "revoked_for"])
        record("card.revoked", by=by, object_kind="card", object_id=card.pk, details={"reason": reason.value})


def _reason(card: Card, new: CardContent) -> Reason:
    """Why this card is replaced: the first difference that a person would notice."""
    old = from_data(card.content)
    before = {person.person_id for person in old.beneficiaries}
    after = {person.person_id for person in new.beneficiaries}
    if before - after:
        return Reason.COVER_ENDED
    if after - before:
        return Reason.COVER_ADDED
    if (old.beneficiaries, old.holder) != (new.beneficiaries, new.holder):
        return Reason.IDENTITY
    if (old.cells, old.conventions, old.responsible, old.plan_name, old.legend) != (
        new.cells, new.conventions, new.responsible, new.plan_name, new.legend,
    ):  # fmt: skip
        return Reason.PLAN
    return Reason.PERIOD if old.period != new.period else Reason.OTHER


def _number() -> str:
    """`7K2M-9QXD-4TPA`: 60 bits that nobody guesses."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
