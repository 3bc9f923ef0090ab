from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "Espace employeur"

    def ready(self) -> None:
        from employers import catalogue
        from employers.companies.export import company_files
        from employers.companies.feeds import COMPANIES, GROUP_CONTRACTS
        from employers.companies.holders import HOLDERS
        from employers.companies.signup import DOOR
        from employers.contributions.export import contribution_files
        from employers.contributions.feeds import CONTRIBUTION_LINES, CONTRIBUTION_SLIPS
        from portals.access import services
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from portals.gestion import holders
        from portals.registration import import_rooms

        import_rooms(self.name, "contributions.documents", "users.emails", "users.labels", "users.notices")
        signup.register(Space.EMPLOYER, DOOR)
        exports.register(Space.EMPLOYER, company_files)
        exports.register(Space.EMPLOYER, contribution_files)
        services.register(*catalogue.SERVICES)
        holders.register(Space.EMPLOYER, HOLDERS)
        services.register_rule(Space.EMPLOYER, catalogue.allows)
        for kind in (COMPANIES, GROUP_CONTRACTS, CONTRIBUTION_SLIPS, CONTRIBUTION_LINES):
            kinds.register(kind)
