"""Addresses of what providers do."""

from __future__ import annotations

from django.urls import path

from chiso.web.providers import objection_views, saving, table_views, views

urlpatterns = [
    path("", views.rounds, name="supply"),
    path("<int:pk>/", views.grid, name="supply_grid"),
    path("<int:pk>/values", saving.save, name="supply_save"),
    path("<int:pk>/origin", views.origin, name="supply_origin"),
    path("<int:pk>/objections/", objection_views.objections, name="supply_objections"),
    path("<int:pk>/objections/<int:remark_pk>/", objection_views.answer, name="supply_answer"),
    path("<int:pk>/agencies", views.agencies, name="supply_agencies"),
    path("<int:pk>/agencies/remind", views.remind, name="supply_remind"),
    path("<int:pk>/excel/", table_views.excel, name="supply_excel"),
    path("<int:pk>/excel/file", table_views.file, name="supply_file"),
    path("<int:pk>/excel/<int:job_pk>/", table_views.checked, name="supply_checked"),
    path("<int:pk>/excel/<int:job_pk>/apply", table_views.apply, name="supply_apply"),
]
