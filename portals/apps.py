from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "portals"
    verbose_name = "Comptes et accès"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from portals import admin  # noqa: F401  registers the pages of the staff's site
        from portals.access import emails as access_emails  # noqa: F401  registers the handlers of e-mails
        from portals.access import ending_emails, expiry  # noqa: F401  two years after the end
        from portals.access import planned as nightly_access  # noqa: F401  the daily run
        from portals.accounts import actions, emails  # noqa: F401  register the handlers of requests and e-mails
        from portals.accounts import planned as care_of_accounts  # noqa: F401  networks unused for twelve months
        from portals.accounts.closing import emails as closing_emails  # noqa: F401  deletion by the person
        from portals.accounts.export import emails as export_emails  # noqa: F401  archives
        from portals.accounts.export import planned as nightly_exports  # noqa: F401  archives that have expired
        from portals.accounts.fraud import actions as fraud  # noqa: F401  reports
        from portals.accounts.fraud import emails as fraud_emails  # noqa: F401  what their owners are told
        from portals.accounts.second_factor import emails as second_factor_emails  # noqa: F401  the same
        from portals.accounts.security import emails as security_emails  # noqa: F401  the change of address
        from portals.accounts.security import notices, receivers  # noqa: F401  e-mails; sessions are recorded
        from portals.correspondence import drafts as correspondence_drafts  # noqa: F401  their daily sweep
        from portals.correspondence import emails as correspondence_emails  # noqa: F401  what happened to a thread
        from portals.correspondence.reports import emails as report_emails  # noqa: F401  errors that were reported
        from portals.documents import planned, quarantine  # noqa: F401  the nightly sweep of orphan files, the scan of uploads
        from portals.gestion import history, roles
        from portals.jobs import schedules  # noqa: F401  registers the handler of planned work
        from portals.signals import operation
        from portals.terms import sessions as terms_of_sessions  # noqa: F401  what a session that opens runs under

        operation.connect(expiry.on_feed_loaded, dispatch_uid="portals.access.expiry")
        history.follow()
        post_migrate.connect(roles.after_migrate, dispatch_uid="portals.gestion.roles")
