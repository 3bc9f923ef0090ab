"""The DPO's desk: what is due in the rooms of privacy, gathered from what each registers.

A room says what it has when the app is ready, in a module that `portals.registration.import_rooms` imports:

    desk.register(desk.Source("rights", "Demandes de droits", dues=open_requests, facts=delays, figures=indicators))

Every function of a source is optional and asks a constant number of queries; the home calls them all. Titles and notes are
read by the DPO on a page that journals its look; the report to management reads `figures` alone, which name nobody.
"""

from privacy.desk.registry import Clock, Due, Facts, Source, Step, register, sources

__all__ = ["Clock", "Due", "Facts", "Source", "Step", "register", "sources"]
