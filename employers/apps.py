from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = "Espace employeur"

    def ready(self) -> None:
        from employers.companies.feeds import COMPANIES, GROUP_CONTRACTS
        from employers.companies.signup import DOOR
        from portals.accounts import signup
        from portals.accounts.models import Space
        from portals.feeds import kinds

        signup.register(Space.EMPLOYER, DOOR)
        for kind in (COMPANIES, GROUP_CONTRACTS):
            kinds.register(kind)
