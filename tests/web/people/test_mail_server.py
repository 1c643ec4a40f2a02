"""Mails through a server that answers over SMTP: encrypted, with a password, in all its moods."""

from __future__ import annotations

import datetime as dt
import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django_tasks_db.models import DBTaskResult

from chiso.web.audit.services import Actor
from chiso.web.jobs.models import Job, JobState
from chiso.web.people import invitations, mails
from chiso.web.people.invitations import Offer
from chiso.web.people.models import Invitation, Role
from chiso.web.units.models import Unit
from tests.web import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")]

DAY = dt.date(2026, 1, 1)


class Server:
    """Keeps mails; ``mood`` says what it does to some of them."""

    def __init__(self) -> None:
        self.mood = ""
        self.mails: list[tuple[str, str, bool]] = []
        self.connections: set[int] = set()

    def authenticated(self, server: SMTP, session: Session, envelope: Envelope, way: str, told: object) -> AuthResult:
        return AuthResult(success=told == LoginPassword(b"chiso", b"secret"), handled=False)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: object) -> str:  # noqa: N802 - the name is aiosmtpd\'s
        if self.mood == "hangs up" and id(session) in self.connections:
            return "421 4.7.0 too many mails in this connection"
        if self.mood == "does not know the first" and to.startswith("p0@"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the name is aiosmtpd\'s
        if self.mood == "takes the first for spam" and envelope.rcpt_tos[0].startswith("p0@"):
            return "554 5.7.1 spam"
        self.connections.add(id(session))
        self.mails.append((envelope.rcpt_tos[0], envelope.content.decode(), session.ssl is not None))
        return "250 OK"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate of localhost, with its key in one file."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1)
    made = made.not_valid_before(dt.datetime(2020, 1, 1)).not_valid_after(dt.datetime(2099, 1, 1))  # noqa: DTZ001
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    file = tmp_path_factory.mktemp("mail") / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


def _free_port() -> int:
    with socket.create_server(("localhost", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def server(certificate: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    controller = Controller(
        made,
        hostname="localhost",
        port=_free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=made.authenticated,
    )
    controller.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", controller.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD, settings.EMAIL_USE_TLS = "chiso", "secret", True
    yield made
    controller.stop()


@pytest.fixture
def commune() -> Unit:
    return make.unit("Xã mẫu", parent=make.unit("Tỉnh mẫu", make.Kind.PROVINCE))


def invite(commune: Unit, count: int = 3) -> Job:
    offers = [Offer(f"p{at}@example.org", f"Người {at}", Role.OFFICER, commune.pk, DAY) for at in range(count)]
    invitations.invite(offers=offers, actor=Actor(make.person().pk))
    return Job.objects.get()


def sent() -> list[bool]:
    return [one.sent_at is not None for one in Invitation.objects.order_by("pk")]


def test_mails_go_out_encrypted_with_our_password(server: Server, commune: Unit) -> None:
    invite(commune, 1)
    [(to, text, is_encrypted)] = server.mails

    assert (to, is_encrypted, sent()) == ("p0@example.org", True, [True])
    assert "Content-Transfer-Encoding: " in text


@pytest.mark.parametrize("mood", ["does not know the first", "takes the first for spam"])
def test_one_mail_that_is_refused_does_not_stop_the_others(server: Server, commune: Unit, mood: str) -> None:
    server.mood = mood
    job = invite(commune)

    assert (job.message, sent()) == ("Đã gửi 2 lời mời. Máy chủ thư từ chối 1 địa chỉ.", [False, True, True])
    assert [to for to, _text, _safe in server.mails] == ["p1@example.org", "p2@example.org"]


def test_a_server_that_ends_connections_after_a_mail_is_called_again(server: Server, commune: Unit) -> None:
    server.mood = "hangs up"
    job = invite(commune)

    assert (job.state, sent(), len(server.connections)) == (JobState.DONE, [True] * 3, 3)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"EMAIL_HOST_PASSWORD": "wrong"}, "SMTPAuthenticationError"),
        ({"EMAIL_USE_TLS": False}, "SMTPNotSupportedError"),
        ({"EMAIL_PORT": 9}, "ConnectionRefusedError"),
        ({"EMAIL_HOST": "127.0.0.1"}, "SSLCertVerificationError"),  # the certificate is of localhost
    ],
)
def test_a_server_that_takes_nothing_is_said_and_nobody_counts_as_told(
    server: Server, commune: Unit, settings, change: dict[str, object], fault: str
) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    job = invite(commune)

    assert (job.state, sent(), server.mails) == (JobState.FAILED, [False] * 3, [])
    assert f"Máy chủ thư không nhận thư ({fault})" in job.message


def test_a_lost_password_is_written_about_later_where_the_server_is_away(
    server: Server, settings, django_capture_on_commit_callbacks
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
    person, port, settings.EMAIL_PORT = make.person(), settings.EMAIL_PORT, 9
    mails._send_reset.func(person.email, "vi")
    [later] = DBTaskResult.objects.all()
    assert (later.args_kwargs["args"], later.run_after is not None) == ([person.email, "vi", 1], True)

    settings.EMAIL_PORT = port
    later.task.func(*later.args_kwargs["args"])
    [(to, text, _safe)] = server.mails
    assert (to, bool(re.search("account/password/reset/key/", text))) == (person.email, True)

    settings.EMAIL_PORT = 9
    with pytest.raises(OSError, match="refused"):
        mails._send_reset.func(person.email, "vi", len(mails.WAITS))
