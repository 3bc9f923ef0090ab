from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Protection des données"

    def ready(self) -> None:
        from portals.registration import import_rooms
        from portals.signals import operation
        from privacy.audit.actions import on_operation
        from privacy.breaches.actions import on_operation as on_report

        import_rooms(
            self.name,
            "admin",
            "register.checks",
            "audit.exporting",
            "watch.actions",
            "watch.emails",
            "history.documents",
        )
        operation.connect(on_operation, dispatch_uid="privacy.audit")
        operation.connect(on_report, dispatch_uid="privacy.breaches")
