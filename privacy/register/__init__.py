"""The record of processing, and the door that sensitive processings go through: `may_run`, `demand`.

from privacy import register

register.demand("prior_agreement")  # raises NotRunning, which is a 403 page, until its assessment is validated
"""

from privacy.register.running import NotRunning, demand, may_run

__all__ = ["NotRunning", "demand", "may_run"]
