"""The Celery application. The queue is a hint: what is due is a row (see `portals.jobs`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["portals.jobs"], related_name="tasks")

# The schedule is code; `portals.jobs.schedules` makes each occurrence a unique row, so two beats are harmless.
app.conf.beat_schedule = {
    "sweep": {"task": "portals.jobs.sweep", "schedule": 15.0, "options": {"expires": 15}},
    "schedule": {"task": "portals.jobs.schedule", "schedule": 60.0, "options": {"expires": 60}},
}
