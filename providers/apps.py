from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Espace professionnel de santé"

    def ready(self) -> None:
        from portals.access import services
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.federation import directory as federation
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from portals.gestion import holders
        from providers import catalogue
        from providers.agreements.export import professional_files
        from providers.agreements.federation import RECOGNITION
        from providers.agreements.feeds import AGREEMENTS, PROFESSIONALS
        from providers.agreements.holders import HOLDERS
        from providers.agreements.signup import DOOR
        from providers.directory.catalogue import SERVICE as DIRECTORY

        signup.register(Space.PROFESSIONAL, DOOR)
        federation.register(Space.PROFESSIONAL, RECOGNITION)
        exports.register(Space.PROFESSIONAL, professional_files)
        services.register(*catalogue.SERVICES, DIRECTORY)
        holders.register(Space.PROFESSIONAL, HOLDERS)
        for kind in (PROFESSIONALS, AGREEMENTS):
            kinds.register(kind)
