"""Erasures, holds and restrictions."""

LABELS = {
    "erasure.planned": "Plan d’effacement lu",
    "erasure.ordered": "Effacement ordonné",
    "erasure.done": "Effacement fait",
    "erasure.held": "Données conservées pour un litige",
    "erasure.released": "Conservation pour litige levée",
    "restriction.set": "Usage de données limité",
    "restriction.lifted": "Limitation d’usage levée",
}
