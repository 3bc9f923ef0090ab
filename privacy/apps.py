from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Protection des données"

    def ready(self) -> None:
        from portals.signals import operation
        from privacy import admin  # noqa: F401  registers the pages of the staff's site
        from privacy.audit.actions import on_operation
        from privacy.breaches.actions import on_operation as on_report
        from privacy.register import checks  # noqa: F401  (registers the system check)

        operation.connect(on_operation, dispatch_uid="privacy.audit")
        operation.connect(on_report, dispatch_uid="privacy.breaches")
