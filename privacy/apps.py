from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Protection des données"

    def ready(self) -> None:
        from portals.signals import operation
        from privacy.audit.actions import on_operation
        from privacy.register import checks  # noqa: F401  (registers the system check)

        operation.connect(on_operation, dispatch_uid="privacy.audit")
