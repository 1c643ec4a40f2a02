"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from chiso.web.evidence import views

urlpatterns = [
    path("of/<int:participant_pk>/<str:code>/", views.at_criterion, name="evidence_at_criterion"),
    path("of/<int:participant_pk>/<str:code>/put", views.put, name="evidence_put"),
    path("of/<int:participant_pk>/<str:code>/take-away", views.take_away, name="evidence_take_away"),
    path("unit/<int:unit_pk>/", views.library, name="evidence_library"),
    path("<int:pk>/", views.document, name="evidence_document"),
    path("<int:pk>/file", views.download, name="evidence_file"),
]
