"""Which files of the front-end packages are served: those that a page uses, out of the many that come along."""

from django.contrib.staticfiles.apps import StaticFilesConfig

UNUSED = (
    "bootstrap.css*",
    "bootstrap.rtl*",
    "bootstrap-*",
    "index.js*",
    "index.min.js.*",
    "leaflet-src*",
    "radio-canada-*-italic.woff2",
    "radio-canada-*-standard-*.woff2",
    "radio-canada-*-wdth-*.woff2",
)


class StaticFiles(StaticFilesConfig):
    """Collecting and compressing the rest took twenty seconds, for pages that never asked for it."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, *UNUSED]
