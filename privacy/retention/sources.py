"""The delays that rules share, and the texts from which they come."""

from privacy.retention.rules import Delay

THIRTY_DAYS = Delay(days=30)
SIX_MONTHS = Delay(months=6)
ONE_YEAR = Delay(months=12)
TWO_YEARS = Delay(months=24)
THREE_YEARS = Delay(months=36)
FIVE_YEARS = Delay(months=60)
TEN_YEARS = Delay(months=120)

LOGGING = "CNIL, délibération n°\u00a02021-122 du 14\u00a0octobre 2021 sur la journalisation"
MINIMISED = "RGPD, article 5.1.e"
PRESCRIPTION = "Code civil, article 2224"
CONTRACT_PRESCRIPTION = "Code de la mutualité, article L.\u00a0221-11\u202f; code civil, article 2224"
ACCOUNTING = "Code de commerce, article L.\u00a0123-22"
IDENTITY_PROOF = "RGPD, article 12.6\u202f; CNIL, délibération SAN-2020-008"
PROSPECTS = "CNIL, référentiel «\u00a0gestion commerciale\u00a0», délibération n°\u00a02021-131"
CHOICES = "RGPD, article 7.1\u202f; code civil, article 2224"
CARE_DOCUMENTS = "RGPD, articles 5.1.e et 9\u202f; politique de protection des données, article 4.4"
