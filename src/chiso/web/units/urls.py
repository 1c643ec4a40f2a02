"""Addresses of units."""

from __future__ import annotations

from django.urls import path

from chiso.web.units import views

urlpatterns = [
    path("", views.units, name="units"),
    path("new", views.create, name="unit_create"),
    path("merge", views.merge, name="units_merge"),
    path("import", views.import_, name="units_import"),
    path("import/<int:pk>", views.import_checked, name="units_import_checked"),
    path("import/<int:pk>/apply", views.import_apply, name="units_import_apply"),
    path("export", views.export, name="units_export"),
    path("<int:pk>", views.unit, name="unit"),
    path("<int:pk>/change", views.change, name="unit_change"),
    path("<int:pk>/split", views.split, name="unit_split"),
    path("<int:pk>/end", views.end, name="unit_end"),
]
