from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Espace adhérent"

    def ready(self) -> None:
        from members.benefits.feeds import BENEFITS
        from members.coverage.feeds import COVERS, GUARANTEES, PLANS, POLICIES
        from members.households.feeds import PERSONS
        from members.households.signup import DOOR
        from members.statements import emails, planned  # noqa: F401  (handlers of jobs, schedule)
        from portals.accounts import signup
        from portals.accounts.models import Space
        from portals.feeds import kinds

        signup.register(Space.MEMBER, DOOR)
        for kind in (PLANS, GUARANTEES, PERSONS, POLICIES, COVERS, BENEFITS):
            kinds.register(kind)
