from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "portals"
    verbose_name = "Socle commun"

    def ready(self) -> None:
        from portals.accounts import actions, emails  # noqa: F401  register the handlers of requests and e-mails
        from portals.documents import planned  # noqa: F401  the nightly sweep of orphan files
        from portals.jobs import schedules  # noqa: F401  registers the handler of planned work
