from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Espace adhérent"

    def ready(self) -> None:
        from members import catalogue
        from members.benefits.differences import actions as differences
        from members.benefits.feeds import BENEFITS
        from members.card import renewing
        from members.coverage.feeds import COVERS, GUARANTEES, PLANS, POLICIES
        from members.export.contents import member_files
        from members.home import waiting
        from members.households.federation import RECOGNITION
        from members.households.feeds import PERSONS
        from members.households.holders import HOLDERS
        from members.households.signup import DOOR
        from members.noemie.queries import rejected_links
        from members.statements import delivery
        from portals.access import services
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.federation import directory as federation
        from portals.accounts.models import Space
        from portals.feeds import kinds
        from portals.gestion import holders
        from portals.registration import import_rooms
        from portals.signals import operation

        import_rooms(
            self.name,
            "admin",
            "card.emails",
            "representation.labels",
            "representation.matching",
            "representation.planned",
            "statements.emails",
            "statements.planned",
        )
        signup.register(Space.MEMBER, DOOR)
        federation.register(Space.MEMBER, RECOGNITION)
        exports.register(Space.MEMBER, member_files)
        operation.connect(delivery.on_operation, dispatch_uid="members.statements.delivery")
        operation.connect(renewing.on_operation, dispatch_uid="members.card.renewing")
        operation.connect(differences.on_operation, dispatch_uid="members.benefits.differences")
        waiting.register("noemie", rejected_links)
        services.register(*catalogue.SERVICES)
        holders.register(Space.MEMBER, HOLDERS)
        for kind in (PLANS, GUARANTEES, PERSONS, POLICIES, COVERS, BENEFITS):
            kinds.register(kind)
