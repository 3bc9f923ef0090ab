from django.apps import AppConfig

ROOMS = (
    "admin",
    "desk.home",
    "desk.sources",
    "staff.charter.emails",
    "staff.charter.gate",
    "staff.charter.views",
    "staff.awareness.emails",
    "staff.awareness.views",
    "staff.homes.due",
    "staff.homes.pages",
    "erasure.accounts",  # how the rows of somebody are found
    "erasure.checks",
    "register.annex",  # below the data policy
    "register.checks",
    "register.documents",  # what can be verified
    "register.history",  # the field history of the DPO's books
    "register.oversight.report",
    "register.panel",
    "vault.emails",
    "vault.panel",
    "vault.retention",
    "vault.watching",
    "deaths.desk",
    "deaths.documents",
    "deaths.emails",
    "deaths.sign_in",
    "directives.documents",
    "directives.panel",
    "retention.accounts",  # the rules of the shared core and of this one
    "retention.checks",
    "retention.core",
    "retention.desk",
    "retention.emails",
    "retention.inquiries",
    "retention.nightly",
    "retention.own",
    "retention.reading",
    "restriction.emails",
    "restriction.panel",
    "restriction.staff",
    "rights.desk",
    "rights.documents",
    "rights.emails",
    "rights.matching",
    "rights.own_tasks",
    "audit.exporting",
    "breaches.violations.desk",
    "breaches.violations.history",
    "breaches.telling.accounts",
    "breaches.telling.emails",
    "breaches.telling.panel",
    "breaches.telling.documents",
    "export.panel",
    "export.rows",
    "watch.actions",
    "watch.emails",
    "history.documents",
    "looks.panel",
    "investigations.desk",
    "investigations.purging",
    "investigations.screening.running",
    "disclosures.actions",
    "disclosures.documents",  # what can be verified
    "disclosures.panel",
    "campaigns.sending",
    "statistics.desk",
    "statistics.planned",
    "consultations.desk",
    "consultations.documents",
    "consultations.panel",
    "consultations.planned",
    "consents.documents",
    "consents.panel",
)


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = "Protection des données"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from portals.accounts.export import registry as exports
        from portals.accounts.models import Space
        from portals.correspondence import medical
        from portals.registration import import_rooms
        from portals.signals import operation
        from privacy.audit.actions import on_operation
        from privacy.breaches.actions import on_operation as on_report
        from privacy.breaches.telling.export import breach_files
        from privacy.changes import triggers
        from privacy.consents.export import choice_files
        from privacy.directives.export import directives_files
        from privacy.erasure import role
        from privacy.rights.export import request_files
        from privacy.vault.actions import on_operation as on_deleted_account
        from privacy.vault.export import case_files
        from privacy.vault.running import is_open

        import_rooms(self.name, *ROOMS)
        for space in Space:
            exports.register(space, choice_files)
            exports.register(space, breach_files)
            exports.register(space, request_files)
            exports.register(space, directives_files)
        exports.register(Space.MEMBER, case_files)
        medical.register(Space.MEMBER, medical.SealedWay("privacy:vault_letter", is_open))
        operation.connect(on_operation, dispatch_uid="privacy.audit")
        operation.connect(on_report, dispatch_uid="privacy.breaches")
        post_migrate.connect(triggers.after_migrate, dispatch_uid="privacy.changes")
        operation.connect(on_deleted_account, dispatch_uid="privacy.vault")
        post_migrate.connect(role.after_migrate, dispatch_uid="privacy.erasure")
