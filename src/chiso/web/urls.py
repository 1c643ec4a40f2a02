"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from chiso.web import home

urlpatterns = [
    path("", home.home, name="home"),
    path("healthy", home.healthy, name="healthy"),
    path("language", home.choose_language, name="choose_language"),
    path("units/", include("chiso.web.units.urls")),
    path("jobs/", include("chiso.web.jobs.urls")),
    path("frameworks/", include("chiso.web.frameworks.urls")),
    path("evidence/", include("chiso.web.evidence.urls")),
    path("reports/", include("chiso.web.collection.urls")),
    path("supply/", include("chiso.web.providers.urls")),
    path("rounds/", include("chiso.web.rounds.urls")),
    path("reminders/", include("chiso.web.reminders.urls")),
    path("log/", include("chiso.web.audit.urls")),
    path("results/", include("chiso.web.results.urls")),
    path("", include("chiso.web.people.urls")),
]

handler400 = "chiso.web.errors.unreadable"
handler403 = "chiso.web.errors.denied"
handler404 = "chiso.web.errors.not_found"
handler500 = "chiso.web.errors.broken"
