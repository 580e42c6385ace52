"""A server that does to a client whatever a hostile or broken platform might do."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Deed = Callable[[socket.socket], None]

CHUNK = b"\0" * 1_000_000


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> Deed:
    """Return a deed that answers in full; length may say another size than the body has."""

    def do(client: socket.socket) -> None:
        size = len(body) if length is None else length
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
        client.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return do


def drip(first: bytes, rest: bytes) -> Deed:
    """Return a deed that sends the rest at ten bytes a second, one by one."""

    def do(client: socket.socket) -> None:
        client.sendall(first)
        for at in range(len(rest)):
            client.sendall(rest[at : at + 1])
            time.sleep(0.1)

    return do


def flood(size: int) -> Deed:
    """Return a deed that sends a body of that size, or as much of it as anybody takes."""

    def do(client: socket.socket) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        for _ in range(size // len(CHUNK)):
            client.sendall(CHUNK)

    return do


def bomb(size: int) -> Deed:
    """Return a deed that sends a body which unpacks to that size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = b"".join([*(packer.compress(CHUNK) for _ in range(size // len(CHUNK))), packer.flush()])
    return answer(body, "Content-Encoding: gzip")


def nested_bomb(size: int) -> Deed:
    """Return a deed that sends a body packed twice."""
    return answer(gzip.compress(gzip.compress(b"\0" * size)), "Content-Encoding: gzip, gzip")


def hang(client: socket.socket) -> None:
    """Take the call and say nothing."""
    with suppress(OSError):
        client.recv(1)


def cut(client: socket.socket) -> None:
    """Take the call and go."""


def headers_without_end(client: socket.socket) -> None:
    """Send one header after another."""
    client.sendall(b"HTTP/1.1 200 OK\r\n")
    for count in range(10_000_000):
        client.sendall(b"X-Header-%d: more\r\n" % count)


def continue_without_end(client: socket.socket) -> None:
    """Say again and again that the answer is on its way."""
    for _ in range(10_000_000):
        client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


class Evil:
    """The server. Each path does its deed; asked holds the first line of each call, as it came."""

    def __init__(self, deeds: dict[str, Deed], tls: ssl.SSLContext | None = None) -> None:
        self._deeds = deeds
        self._tls = tls
        self.asked: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        # Closing alone would leave the thread in accept() with the port still taken.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            whole = self._tls.wrap_socket(client, server_side=True) if self._tls else client
            with whole:
                heard = b""
                while b"\r\n\r\n" not in heard:
                    more = whole.recv(65_536)
                    if not more:
                        return
                    heard += more
                line = heard.split(b"\r\n", 1)[0].decode("latin-1")
                self.asked.append(line)
                path = line.split(" ")[1].split("?")[0]
                self._deeds.get(path, answer(b"{}"))(whole)


@contextmanager
def evil(deeds: dict[str, Deed], tls: ssl.SSLContext | None = None) -> Iterator[Evil]:
    """Serve as long as the block lasts."""
    server = Evil(deeds, tls)
    try:
        yield server
    finally:
        server.close()


def certificate(folder: Path, *, host: str = "127.0.0.1") -> Path:
    """Write a certificate that nobody vouches for, with its key, and return where it stands."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Invented Authority")])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = (
        [x509.IPAddress(ipaddress.ip_address(host))] if host[0].isdigit() else [x509.DNSName(host)]
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def tls_of(path: Path) -> ssl.SSLContext:
    """Return the server's side of TLS with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
