from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Espace professionnel de santé"

    def ready(self) -> None:
        from portals import postal
        from portals.access import services
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.federation import directory as federation
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from portals.gestion import holders
        from portals.registration import import_rooms
        from portals.signals import operation
        from providers import catalogue
        from providers.agreements.export import professional_files
        from providers.agreements.federation import RECOGNITION
        from providers.agreements.feeds import AGREEMENTS, PROFESSIONALS
        from providers.agreements.holders import HOLDERS
        from providers.agreements.signup import DOOR
        from providers.directory.catalogue import SERVICE as DIRECTORY
        from providers.directory.postal import communes_of
        from providers.invoices.feeds import INVOICE_LINES, INVOICES
        from providers.transfers.export import payment_files
        from providers.transfers.feeds import TRANSFERS
        from providers.users import actions as delegates

        import_rooms(
            self.name, "admin", "agreements.data_rights", "agreements.documents", "agreements.emails",
            "agreements.screened", "banking.accounts", "erasing.reaches", "erasing.retention", "export.rows", "invoices.breaches",
            "rights.emails", "transfers.documents", "users.breaches", "users.emails", "users.labels", "users.notices",
        )  # fmt: skip
        signup.register(Space.PROFESSIONAL, DOOR)
        federation.register(Space.PROFESSIONAL, RECOGNITION)
        exports.register(Space.PROFESSIONAL, professional_files)
        exports.register(Space.PROFESSIONAL, payment_files)
        services.register(*catalogue.SERVICES, DIRECTORY)
        services.register_rule(Space.PROFESSIONAL, catalogue.allows)
        holders.register(Space.PROFESSIONAL, HOLDERS)
        operation.connect(delegates.on_operation, dispatch_uid="providers.users")
        postal.register(communes_of)
        for kind in (PROFESSIONALS, AGREEMENTS, INVOICES, INVOICE_LINES, TRANSFERS):
            kinds.register(kind)
