from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "portals"
    verbose_name = "Comptes et accès"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from portals.access import expiry
        from portals.banking import actions as banking
        from portals.correspondence import drafts
        from portals.correspondence.reports import actions as reports
        from portals.gestion import granting, history
        from portals.registration import import_rooms
        from portals.signals import operation

        import_rooms(
            self.name,
            "admin",
            "access.emails",
            "access.ending_emails",
            "access.planned",
            "accounts.actions",
            "accounts.emails",
            "accounts.planned",
            "accounts.closing.emails",
            "accounts.export.emails",
            "accounts.export.planned",
            "accounts.export.sources",  # what the data package tells of an account
            "accounts.export.transfers",
            "accounts.fraud.actions",
            "accounts.fraud.emails",
            "accounts.second_factor.emails",
            "accounts.security.emails",
            "accounts.security.notices",
            "accounts.security.receivers",  # sessions are recorded when they open
            "banking.actions",
            "banking.emails",
            "correspondence.documents",  # what can be verified
            "correspondence.drafts",  # their daily sweep
            "correspondence.emails",
            "correspondence.reports.emails",
            "documents.planned",
            "documents.quarantine",  # the scan of uploads
            "editorial.audience.counting",  # its nightly writing
            "editorial.availability.views",  # what can be verified
            "jobs.schedules",
            "terms.history",  # what can be verified
            "terms.sessions",  # what a session that opens runs under
        )
        operation.connect(expiry.on_feed_loaded, dispatch_uid="portals.access.expiry")
        operation.connect(banking.on_operation, dispatch_uid="portals.banking")
        operation.connect(drafts.on_operation, dispatch_uid="portals.correspondence.drafts")
        operation.connect(reports.on_operation, dispatch_uid="portals.correspondence.reports")
        history.follow()
        post_migrate.connect(granting.after_migrate, dispatch_uid="portals.gestion.granting")
