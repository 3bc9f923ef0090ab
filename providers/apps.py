from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Espace professionnel de santé"

    def ready(self) -> None:
        from portals.accounts import signup
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from providers.agreements.feeds import AGREEMENTS, PROFESSIONALS
        from providers.agreements.signup import DOOR

        signup.register(Space.PROFESSIONAL, DOOR)
        for kind in (PROFESSIONALS, AGREEMENTS):
            kinds.register(kind)
