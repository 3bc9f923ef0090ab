from django.apps import AppConfig

ROOMS = (
    "admin",
    "banking.accounts",
    "banking.documents",
    "banking.tasks",
    "companies.data_rights",  # what the room of rights asks of this space
    "companies.screened",  # what vigilance compares
    "contributions.documents",
    "dsn.keeping",
    "dsn.tasks",
    "export.rows",
    "erasing.reaches",
    "erasing.retention",
    "imports.actions",
    "imports.planned",
    "imports.tasks",
    "links.emails",
    "links.keeping",
    "links.tasks",
    "technical.actions",
    "technical.documents",
    "technical.notices",
    "technical.planned",
    "technical.tasks",
    "terminations.documents",
    "terminations.emails",
    "terminations.planned",
    "users.breaches",  # what the room of breaches asks of this space
    "users.emails",
    "users.labels",
    "users.notices",
    "waivers.documents",
    "waivers.emails",
    "waivers.planned",
    "waivers.tasks",
    "workforce.breaches",
    "workforce.planned",
    "workforce.tasks",
)
"""Modules that register what they bring when they are imported: admin pages, tasks, jobs, documents, e-mails."""


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "Espace employeur"

    def ready(self) -> None:
        from employers import catalogue
        from employers.banking.export import bank_files
        from employers.companies.export import company_files
        from employers.companies.feeds import COMPANIES, GROUP_CONTRACTS
        from employers.companies.holders import HOLDERS
        from employers.companies.signup import DOOR
        from employers.contributions.export import contribution_files
        from employers.contributions.feeds import CONTRIBUTION_LINES, CONTRIBUTION_SLIPS
        from employers.dsn import keeping as dsn_keeping
        from employers.technical.export import technical_files
        from employers.terminations.export import termination_files
        from employers.waivers.export import waiver_files
        from employers.workforce.export import workforce_files
        from employers.workforce.feeds import AFFILIATIONS
        from portals.access import services
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from portals.gestion import holders
        from portals.registration import import_rooms
        from portals.signals import operation

        import_rooms(self.name, *ROOMS)
        signup.register(Space.EMPLOYER, DOOR)
        for files in (
            company_files, contribution_files, workforce_files, termination_files, waiver_files, technical_files, bank_files,
        ):  # fmt: skip
            exports.register(Space.EMPLOYER, files)
        services.register(*catalogue.SERVICES)
        holders.register(Space.EMPLOYER, HOLDERS)
        services.register_rule(Space.EMPLOYER, catalogue.allows)
        for kind in (COMPANIES, GROUP_CONTRACTS, AFFILIATIONS, CONTRIBUTION_SLIPS, CONTRIBUTION_LINES):
            kinds.register(kind)
        operation.connect(dsn_keeping.on_operation, dispatch_uid="employers.dsn")
