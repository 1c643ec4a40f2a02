"""Evidence in a bucket: of an S3 server that answers over HTTP, is away, refuses, or has lost a file."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from moto.server import ThreadedMotoServer

from chiso.web.audit.models import Entry
from chiso.web.evidence import store
from chiso.web.evidence.models import Blob, Evidence
from chiso.web.operations import copies
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.evidence import files

pytestmark = pytest.mark.django_db

BUCKET = "chiso-evidence"
KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings) -> Iterator[object]:
    """An empty bucket, which the evidence of this test goes to."""
    made = boto3.resource("s3", endpoint_url=endpoint, **KEYS).create_bucket(Bucket=BUCKET)
    use(settings, endpoint)
    yield made
    made.objects.all().delete()


def use(settings, endpoint: str, bucket: str = BUCKET) -> None:
    options = {"bucket_name": bucket, "endpoint_url": endpoint, "access_key": "key", "secret_key": "secret"}
    evidence = {"BACKEND": "chiso.web.evidence.bucket.BucketStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "evidence": evidence}


@pytest.fixture
def participant() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province), make.unit("Xã mẫu", parent=province))


@pytest.fixture
def officer(participant: Participant) -> Browser:
    return Browser(raise_request_exception=False).as_person(make.person((Role.OFFICER, participant.unit)))


def place(participant: Participant) -> str:
    return f"/evidence/of/{participant.pk}/1.1/"


def pdf(content: bytes = files.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("Kế hoạch.pdf", content)


def test_a_file_goes_to_the_bucket_and_comes_back(bucket, officer: Browser, participant: Participant) -> None:
    page = officer.post(place(participant), {"file": pdf()})
    evidence = Evidence.objects.get()
    [kept] = bucket.objects.all()

    assert page.status_code == 200
    assert (kept.key, kept.size) == (store.name_of(evidence.blob_id), len(files.PDF))
    fetched = officer.get(f"/evidence/{evidence.pk}/file")
    assert (b"".join(fetched.streaming_content), fetched["Content-Length"]) == (files.PDF, str(len(files.PDF)))


def test_a_large_file_is_never_whole_in_memory(bucket) -> None:
    content = os.urandom(1024 * 1024) * 20  # beyond what goes in one request
    digest = store.digest_of(io.BytesIO(content))
    store.keep(io.BytesIO(content), digest)

    with store.opened(digest) as file:
        assert (len(file), file.file._rolled) == (len(content), True)
    assert store.is_whole(digest)


def test_a_damaged_file_is_put_right_when_it_comes_again(bucket, officer: Browser, participant: Participant) -> None:
    digest = store.digest_of(pdf())
    bucket.put_object(Key=store.name_of(digest), Body=b"half")
    officer.post(place(participant), {"file": pdf()})

    assert store.is_whole(digest)


@pytest.mark.parametrize("lacks", ["server", "bucket"])
def test_a_bucket_that_cannot_be_reached_is_said_and_nothing_is_half_kept(
    bucket, officer: Browser, participant: Participant, settings, lacks: str
) -> None:
    officer.post(place(participant), {"file": pdf()})
    address = bucket.meta.client.meta.endpoint_url
    use(settings, *(("http://127.0.0.1:9", BUCKET) if lacks == "server" else (address, "none-of-this-name")))
    page = officer.post(place(participant), {"file": pdf(files.PDF + b" ")})
    part = officer.post(place(participant), {"file": pdf(files.PDF + b" ")}, headers={"hx-request": "true"})

    assert (page.status_code, part.status_code, part.json()["error"]) == (503, 503, "store")
    assert "Không kết nối được kho lưu tệp" in page.content.decode()
    assert (Blob.objects.count(), Evidence.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="evidence.added").count() == 1
    if lacks == "server":
        assert officer.get(f"/evidence/{Evidence.objects.get().pk}/file").status_code == 503


def test_a_file_that_is_lost_is_said_to_be(bucket, officer: Browser, participant: Participant, caplog) -> None:
    officer.post(place(participant), {"file": pdf()})
    bucket.objects.all().delete()
    page = officer.get(f"/evidence/{Evidence.objects.get().pk}/file")

    assert (page.status_code, "Tệp không còn trong kho" in page.content.decode()) == (404, True)
    assert f'href="/evidence/{Evidence.objects.get().pk}/">Về tài liệu</a>' in page.content.decode()
    assert Blob.objects.get().digest in caplog.text


def test_a_copy_takes_the_files_out_of_the_bucket(bucket, officer, participant, settings, tmp_path) -> None:
    officer.post(place(participant), {"file": pdf()})
    name = store.name_of(Blob.objects.get().digest)
    copies._copy_out(Blob.objects.get().digest, tmp_path / name)
    bucket.objects.all().delete()
    copies._copy_in(Blob.objects.get().digest, tmp_path / name)

    assert [one.key for one in bucket.objects.all()] == [name]
    use(settings, "http://127.0.0.1:9")
    with pytest.raises(copies.CopyError, match="cannot be reached"):
        copies._copy_out(Blob.objects.get().digest, tmp_path / "again")


def test_a_lost_file_that_is_sent_again_is_put_back(bucket, officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf()})
    bucket.objects.all().delete()
    officer.post(place(participant), {"file": pdf()})

    assert (Blob.objects.count(), store.is_whole(Blob.objects.get().digest)) == (1, True)
