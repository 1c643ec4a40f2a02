"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from chiso.web.collection import saving, spreadsheet_views, submission_views, views

urlpatterns = [
    path("of/<int:participant_pk>/", views.of_participant, name="collection_of_participant"),
    path("token", saving.token, name="collection_token"),
    path("<int:pk>/", views.report, name="collection_report"),
    path("<int:pk>/values", saving.save, name="collection_save"),
    path("<int:pk>/preview", saving.preview, name="collection_preview"),
    path("<int:pk>/at/<str:code>/", views.place, name="collection_place"),
    path("<int:pk>/at/<str:code>/changes", views.changes, name="collection_changes"),
    path("<int:pk>/at/<str:code>/remark", views.remark, name="collection_remark"),
    path("<int:pk>/excel/", spreadsheet_views.page, name="collection_spreadsheet"),
    path("<int:pk>/excel/form", spreadsheet_views.form, name="collection_spreadsheet_form"),
    path("<int:pk>/excel/preview", spreadsheet_views.preview, name="collection_spreadsheet_preview"),
    path("<int:pk>/excel/apply", spreadsheet_views.apply, name="collection_spreadsheet_apply"),
    path("<int:pk>/missing", submission_views.missing, name="collection_missing"),
    path("<int:pk>/submit", submission_views.submit, name="collection_submit"),
    path("<int:pk>/review", submission_views.review, name="collection_review"),
    path("<int:pk>/decide", submission_views.decide, name="collection_decide"),
    path("<int:pk>/reopen", submission_views.reopen, name="collection_reopen"),
    path("<int:pk>/contacts", submission_views.contacts, name="collection_contacts"),
    path("<int:pk>/receipts/<str:digest>/", submission_views.receipt, name="collection_receipt"),
    path("<int:pk>/receipts/<str:digest>/file", submission_views.receipt_file, name="collection_receipt_file"),
    path("<int:pk>/remarks/<int:remark_pk>/settle", views.settle, name="collection_settle"),
]
