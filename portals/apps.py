from django.apps import AppConfig


class PortalsConfig(AppConfig):
    name = "portals"
    verbose_name = "Socle commun"

    def ready(self) -> None:
        from portals.jobs import schedules  # noqa: F401  registers the handler of planned work
