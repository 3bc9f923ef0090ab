"""Writes the tables into the database, from a migration: model classes are arguments, since history has its own."""

from typing import Any

from members.benefits.reference import tables

# Historical models are made at run time: no static type describes them.
ModelClass = Any


def load(family_model: ModelClass, code_model: ModelClass, tariff_model: ModelClass, *, using: str = "default") -> None:
    """Inserts what is missing and updates what differs; rows that the tables do not know are left alone.

    `using` is the database alias of the migration. Tariffs are matched on (act, kind, first day).
    """
    family_model.objects.using(using).bulk_create(
        [
            family_model(code=family.code, label=family.label, need=family.need, position=family.position)
            for family in tables.families()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["label", "need", "position"],
    )
    code_model.objects.using(using).bulk_create(
        [
            code_model(
                code=code.code,
                label=code.label,
                family_id=code.family,
                scheme_rate=code.scheme_rate,
                zero_out_of_pocket=code.zero_out_of_pocket,
                card_domain=code.card_domain,
            )
            for code in tables.codes().values()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["label", "family", "scheme_rate", "zero_out_of_pocket", "card_domain"],
    )
    tariff_model.objects.using(using).bulk_create(
        [
            tariff_model(
                act_code_id=tariff.act_code,
                kind=tariff.kind,
                amount=tariff.amount,
                valid_from=tariff.valid_from,
                valid_to=tariff.valid_to,
                source=tariff.source,
            )
            for tariff in tables.tariffs()
        ],
        update_conflicts=True,
        unique_fields=["act_code", "kind", "valid_from"],
        update_fields=["amount", "valid_to", "source"],
    )


def load_law(parameter_model: ModelClass, *, using: str = "default") -> None:
    """The law's figures, the same way: matched on (code, first day)."""
    parameter_model.objects.using(using).bulk_create(
        [
            parameter_model(
                code=each.code,
                label=each.label,
                value=each.value,
                valid_from=each.valid_from,
                valid_to=each.valid_to,
                source=each.source,
            )
            for each in tables.parameters()
        ],
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=["label", "value", "valid_to", "source"],
    )
