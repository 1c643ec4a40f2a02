"""What people and scripts are told when something stands in the way, and what to do: without a database too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from chiso.web.audit.models import Entry
from chiso.web.collection.models import Report
from chiso.web.people.models import Role
from chiso.web.wsgi import application
from tests.web import factories as make
from tests.web.conftest import Browser

MIB = 1024 * 1024


class Calm(Browser):
    """Shows the page of a fault instead of raising it."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(raise_request_exception=False, **defaults)


def gone() -> OperationalError:
    error = OperationalError("the database is gone")
    if connection.vendor == "sqlite":
        error.__cause__ = sqlite3.OperationalError("database is locked")
        error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    else:
        error.__cause__ = psycopg.errors.AdminShutdown("terminating connection due to administrator command")
    return error


def full() -> OperationalError:
    error = OperationalError("the disk is full")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return error


@contextmanager
def failing(error: Callable[[], Exception] = gone, at: str = "") -> Iterator[None]:
    """Let the database fail at every statement that holds some words."""

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if at in sql:
            raise error()
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def report(db: None) -> Report:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.report(make.participant(make.round_(province), make.unit("Xã mẫu A", parent=province)))


@pytest.fixture
def officer(report: Report) -> Calm:
    browser = Calm()
    browser.as_person(make.person((Role.OFFICER, report.participant.unit)))
    return browser


def saved(browser: Browser, report: Report, text: str = "5") -> HttpResponse:
    body = {"change": "c1", "here": "1.1", "cells": {"1.1/a": {"text": text}}}
    address = reverse("collection_save", args=[report.pk])
    told = {"content_type": "application/json", "headers": {"accept": "application/json"}}
    return browser.post(address, json.dumps(body), **told)


def test_without_a_database_a_page_says_so_and_offers_itself_again(officer: Calm) -> None:
    with failing():
        answer = officer.get("/rounds/?q=a&b")
    page = answer.content.decode()

    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Content-Language"]) == (503, "5", "vi")
    assert "<h1>Tạm thời không kết nối được cơ sở dữ liệu</h1>" in page
    assert "Những gì đã lưu trước đó vẫn còn" in page
    assert 'href="/rounds/?q=a&amp;b"' in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_what_was_sent_without_a_database_is_not_offered_again_as_a_page(officer: Calm) -> None:
    with failing():
        answer = officer.post("/rounds/new", {"title": "Đợt mới"})

    assert (answer.status_code, "Tải lại trang" in answer.content.decode()) == (503, False)


def test_the_page_is_english_for_whoever_chose_it(officer: Calm) -> None:
    officer.post("/language", {"language": "en"})
    with failing():
        answer = officer.get("/")

    assert "The database cannot be reached at the moment" in answer.content.decode()


def test_a_save_without_a_database_is_told_to_come_again(officer: Calm, report: Report) -> None:
    with failing():
        answer = saved(officer, report)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    told = answer.json()
    assert (told["error"], told["message"]) == ("database", "Tạm thời không kết nối được cơ sở dữ liệu")


@pytest.mark.parametrize("at", ["INSERT INTO", "UPDATE"])
def test_a_save_that_loses_its_database_half_way_keeps_nothing_and_succeeds_when_sent_again(
    officer: Calm, report: Report, at: str
) -> None:
    with failing(at=at):
        assert saved(officer, report).status_code == 503
    report.refresh_from_db()
    assert (report.values, Entry.objects.filter(strand=report.strand).count()) == ({}, 0)

    assert saved(officer, report).status_code == 200
    report.refresh_from_db()
    assert (report.values["1.1/a"]["v"], Entry.objects.filter(strand=report.strand).count()) == ("5", 1)


def test_a_full_disk_of_the_database_is_told_apart(officer: Calm, report: Report) -> None:
    with failing(full, at="INSERT INTO"):
        answer = saved(officer, report)

    assert (answer.status_code, answer.headers["Retry-After"], answer.json()["error"]) == (507, "60", "room")
    assert answer.json()["message"] == "Máy chủ đã hết dung lượng lưu trữ"


def test_a_fault_is_a_page_that_says_what_is_kept_and_when_it_was(officer: Calm, monkeypatch) -> None:
    def faulty(*_args: object) -> None:
        raise KeyError("a")

    monkeypatch.setattr("chiso.web.home.due.own_reports", faulty)
    answer = officer.get("/")
    page = answer.content.decode()

    assert (answer.status_code, "Retry-After" in answer.headers) == (500, False)
    assert "<h1>Chương trình gặp lỗi</h1>" in page
    assert "báo cho người quản trị hệ thống thời điểm này" in page


def test_a_part_of_a_page_gets_sentences_to_show_where_it_stands(officer: Calm, report: Report) -> None:
    address = reverse("collection_place", args=[report.pk, "1.1"])
    with failing():
        answer = officer.get(address, headers={"hx-request": "true"})

    assert (answer.status_code, set(answer.json())) == (503, {"error", "message", "do"})


@pytest.mark.parametrize(
    ("address", "status", "error"), [("/nowhere", 404, "not_found"), ("/rounds/new", 403, "denied")]
)
def test_pages_that_say_no_tell_people_and_scripts(officer: Calm, address: str, status: int, error: str) -> None:
    page, told = officer.get(address), officer.get(address, headers={"accept": "application/json"})

    assert (page.status_code, told.status_code, told.json()["error"]) == (status, status, error)
    assert f"<h1>{told.json()['message']}</h1>" in page.content.decode()
    assert 'href="/"' in page.content.decode()


def test_a_form_without_its_token_says_that_nothing_was_changed(report: Report) -> None:
    answer = Calm(enforce_csrf_checks=True).post("/language", {"language": "en"})

    assert (answer.status_code, "Không có gì thay đổi" in answer.content.decode()) == (403, True)


def test_too_large_a_form_is_told_the_limit(officer: Calm) -> None:
    answer = officer.post("/language", {"next": "x" * (3 * MIB)})

    assert (answer.status_code, "<h1>Dữ liệu gửi lên quá lớn</h1>" in answer.content.decode()) == (413, True)
    assert "2 MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/people/?q=a", '<a class="btn btn-primary" href="/people/?q=a">Về trang trước</a>'),
        ("http://testserver//evil.example/", '<a class="btn btn-primary" href="/evil.example/">Về trang trước</a>'),
        ("http://evil.example/people/", ""),
        ("", ""),
    ],
)
def test_who_sent_too_much_finds_back(officer: Calm, referer: str, back: str) -> None:
    told = {"host": "testserver", "referer": referer}
    page = officer.post("/language", {"next": "x" * (3 * MIB)}, headers=told).content.decode()

    assert (back in page, "Về trang trước" in page, "Về trang đầu" in page) == (True, bool(back), True)


def test_what_cannot_be_read_is_told_so(officer: Calm) -> None:
    answer = officer.post("/language", b"--x", content_type="multipart/form-data; boundary=\xff")

    assert (answer.status_code, "<h1>Không đọc được dữ liệu gửi lên</h1>" in answer.content.decode()) == (400, True)


# -- a real server, a real connection


def served(address: str, browser: Browser) -> int:
    """Ask the application as a server does, with everything that happens before and after a request."""
    told: list[str] = []
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.cookies.values())
    asked = RequestFactory().get(address, headers={"cookie": cookies}).environ
    answer = application(asked, lambda status, headers: told.append(status))
    b"".join(answer)
    answer.close()
    return int(told[0].split()[0])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server that ends connections")
@pytest.mark.usefixtures("log_that_forgets")
@pytest.mark.django_db(transaction=True)
class TestAnEndedConnection:
    """The server ends the connection that a process keeps."""

    def test_between_requests_is_not_noticed(self) -> None:
        browser = Browser().as_person(make.person())
        assert served("/", browser) == 200
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with psycopg.connect(**connection.get_connection_params()) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

        assert served("/", browser) == 200
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != (pid,)

    def test_within_a_request_costs_that_request_alone(self, monkeypatch) -> None:
        def ended(*_args: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        browser = Browser().as_person(make.person())
        with monkeypatch.context() as patched:
            patched.setattr("chiso.web.home.due.own_reports", ended)
            assert served("/", browser) == 503

        assert served("/", browser) == 200

    def test_a_server_that_takes_no_connections_is_told_and_waited_for(self, monkeypatch) -> None:
        browser = Browser().as_person(make.person())
        connection.close()
        with monkeypatch.context() as patched:
            patched.setitem(connection.settings_dict, "PORT", "1")
            assert served("/", browser) == 503

        assert served("/", browser) == 200
