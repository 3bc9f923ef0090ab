"""The words of the acceptance. They are stored with it: a change here changes no past record."""

LABEL = "j'accepte les présentes CGU"
"""Verbatim, straight apostrophe included: the published terms name this very label (CGU-2.9)."""

DECLARATION = (
    "En cochant cette case, je déclare avoir lu les CGU, avoir l’intention de les respecter, et être majeur et "
    "capable ou, à défaut, y être autorisé par la personne que je nomme\u00a0: titulaire de l’autorité parentale, "
    "tuteur ou curateur."
)
