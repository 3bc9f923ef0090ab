"""A model that holds something personal and that no rule ever lets go of stops the build, unless a reason says why."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from privacy.erasure.checks import personal_models
from privacy.erasure.registry import reaches
from privacy.register.declared import UnknownProcessing, processing_of
from privacy.retention.registry import SubjectRule, exemptions, rules


def covered() -> set[str]:
    """Models whose rows some rule lets go of: by themselves, or with the person, professional or account they are of."""
    by_itself = {rule.model for rule in rules()}
    samples = [target for rule in rules() if isinstance(rule, SubjectRule) for target in rule.samples]
    with_somebody = {reach.label for reach in reaches() if any(reach.rows(target) is not None for target in samples)}
    return by_itself | with_somebody


@register()
def every_personal_model_ends(app_configs: Sequence[AppConfig] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Each is covered or exempt, and each rule serves a processing of the register."""
    known, exempt = covered(), exemptions()
    errors: list[CheckMessage] = [
        Error(f"{label} holds personal data and no rule of retention ends it.", id="privacy.E013")
        for label in personal_models()
        if label not in known and label not in exempt
    ]
    own = {rule.model for rule in rules()}
    errors += [
        Error(f"{label} has a rule of retention and is exempt from them.", id="privacy.E014")
        for label in exempt
        if label in own
    ]
    for rule in rules():
        try:
            processing_of(rule.purpose.value)
        except UnknownProcessing:
            errors.append(Error(f"{rule.code} serves no processing of the register.", id="privacy.E015"))
    return errors
