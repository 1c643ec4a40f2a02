"""Addresses of what providers do."""

from __future__ import annotations

from django.urls import path

from chiso.web.providers import objection_views, saving, views

urlpatterns = [
    path("", views.rounds, name="supply"),
    path("<int:pk>/", views.grid, name="supply_grid"),
    path("<int:pk>/values", saving.save, name="supply_save"),
    path("<int:pk>/origin", views.origin, name="supply_origin"),
    path("<int:pk>/objections/", objection_views.objections, name="supply_objections"),
    path("<int:pk>/objections/<int:remark_pk>/", objection_views.answer, name="supply_answer"),
]
