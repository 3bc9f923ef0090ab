"""The rights of the table, given to the groups of the database after each migration."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from portals.gestion.roles import RIGHTS, Role


def apply(using: str) -> None:
    """Give each group exactly its rights, on the database of this alias. Makes the permissions of our own verbs."""
    given: dict[Role, list[Permission]] = {role: [] for role in Role}
    for right in RIGHTS:
        app_label, model_name = right.model.split(".")
        model = apps.get_model(app_label, model_name)
        content_type = ContentType.objects.db_manager(using).get_for_model(model, for_concrete_model=False)
        permission, _is_new = Permission.objects.using(using).get_or_create(
            content_type=content_type, codename=right.codename, defaults={"name": right.label[:255]}
        )
        for role in right.roles:
            given[role].append(permission)
    for role, permissions in given.items():
        group, _is_new = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(permissions)


def after_migrate(app_config: Any, using: str, **_rest: Any) -> None:
    """Receiver of `post_migrate`: once, after the last app, when every permission of Django's is there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config.label == with_models[-1].label:
        apply(using)
