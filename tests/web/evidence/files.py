"""Small files of every kind for the tests of evidence, made when they are needed."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40

#: The smallest PDF with a page.
PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000054 00000 n 
0000000105 00000 n 
trailer <</Size 4/Root 1 0 R>>
startxref
170
%%EOF
"""  # noqa: W291 (an entry of the table is 20 bytes)


def archive(*names: str) -> bytes:
    """Return a zip archive with empty parts of these names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "")
    return buffer.getvalue()


def old_office(*streams: str) -> bytes:
    return OLE + b"\0" * 512 + b"".join(f"{name}\0".encode("utf-16-le") for name in streams)


@lru_cache(maxsize=1)
def issuer() -> tuple[bytes, bytes]:
    """Return a key and a certificate that signs with it, both as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ủy ban nhân dân xã mẫu")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * 40))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, content_commitment=True, key_cert_sign=True, crl_sign=True,
                key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    encoding = serialization.Encoding.PEM
    secret = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return secret, certificate.public_bytes(encoding)


def signed(folder: Path) -> bytes:
    """Return a PDF that the issuer signed."""
    secret, certificate = issuer()
    (folder / "key.pem").write_bytes(secret)
    (folder / "certificate.pem").write_bytes(certificate)
    signer = signers.SimpleSigner.load(str(folder / "key.pem"), str(folder / "certificate.pem"))
    writer = IncrementalPdfFileWriter(io.BytesIO(PDF), strict=False)
    return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Chữ ký"), signer=signer).getvalue()
