"""`22 novembre 2026 à 20 h 35`, in the place of Django's `22 novembre 2026 20:35`; the rest is Django's."""

DATETIME_FORMAT = "j\xa0F\xa0Y à\xa0G\xa0\\h\xa0i"
DATE_FORMAT = "j\xa0F\xa0Y"
