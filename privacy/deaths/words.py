"""What the tasks of directives are called."""

ERASE, COMMUNICATE, KEEP = "directives.erase", "directives.communicate", "directives.keep"
EXECUTOR, GENERAL, ESTATE = "directives.executor", "directives.general", "estate"
OWN_TASKS = {
    ERASE: "Effacer ce que les directives disent d’effacer",
    COMMUNICATE: "Remettre des données à la personne désignée",
    KEEP: "Conserver ce que les directives disent de conserver",
    EXECUTOR: "Prévenir la personne chargée de veiller aux directives",
    GENERAL: "Demander les directives générales au tiers de confiance",
    ESTATE: "Répondre aux héritiers pour la succession",
}
