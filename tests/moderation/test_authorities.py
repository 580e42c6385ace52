"""The settings of time-stamp authorities are read whole, or named with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation.errors import SettingsError
from moderation.settings import Settings

PEM = "-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n"


@pytest.fixture
def pem(tmp_path: Path) -> str:
    path = tmp_path / "root.pem"
    path.write_text(PEM)
    return str(path)


def faults(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return str(caught.value).splitlines()


def test_nothing_set_is_no_authority() -> None:
    assert Settings.from_env({}).authorities == ()


def test_an_authority_has_its_hosts_name_unless_it_is_given_one(pem: str) -> None:
    environ = {
        "WATCHROOM_TSA": "https://time.example.org/tsr",
        "WATCHROOM_TSA_CA": pem,
        "WATCHROOM_TSA_2": "http://127.0.0.1:8318",
        "WATCHROOM_TSA_2_NAME": "second-office",
        "WATCHROOM_TSA_2_CA": pem,
        "WATCHROOM_TSA_2_CHAIN": pem,
        "WATCHROOM_TSA_2_CERTIFICATE": pem,
    }
    first, second = Settings.from_env(environ).authorities
    assert (first.name, first.url) == ("time.example.org", "https://time.example.org/tsr")
    assert (first.ca, first.chain, first.certificate) == (Path(pem), None, None)
    assert second.name == "second-office"
    assert {second.ca, second.chain, second.certificate} == {Path(pem)}


@pytest.mark.parametrize(
    "address",
    [
        "http://time.example.org",
        "ftp://127.0.0.1",
        "time.example.org",
        "https://",
        "https://[::1",
        "https://time.example.org:notaport",
        "https://user:secret@time.example.org",
    ],
)
def test_an_address_without_tls_or_sense_is_refused(pem: str, address: str) -> None:
    [said] = faults({"WATCHROOM_TSA": address, "WATCHROOM_TSA_CA": pem})
    assert said.startswith("WATCHROOM_TSA must be an address such as https://")
    assert "secret" not in said


def test_every_fault_of_an_authority_is_named_at_once(tmp_path: Path) -> None:
    no_pem = tmp_path / "notes.txt"
    no_pem.write_text("not a certificate")
    environ = {
        "WATCHROOM_TSA": "https://time.example.org",
        "WATCHROOM_TSA_NAME": "the/office",
        "WATCHROOM_TSA_CHAIN": str(no_pem),
        "WATCHROOM_TSA_CERTIFICATE": str(tmp_path / "missing"),
        "WATCHROOM_TSA_2_CHAIN": str(no_pem),
    }
    assert [line.split()[0] for line in faults(environ)] == [
        "WATCHROOM_TSA_NAME",
        "WATCHROOM_TSA_CA",
        "WATCHROOM_TSA_CHAIN",
        "WATCHROOM_TSA_CERTIFICATE",
        "WATCHROOM_TSA_2_CHAIN",
    ]


def test_two_authorities_of_one_name_cannot_be_told_apart(pem: str) -> None:
    environ = {
        "WATCHROOM_TSA": "https://time.example.org/a",
        "WATCHROOM_TSA_CA": pem,
        "WATCHROOM_TSA_2": "https://time.example.org/b",
        "WATCHROOM_TSA_2_CA": pem,
    }
    assert faults(environ) == [
        "WATCHROOM_TSA_2_NAME must be another name than the first authority's."
    ]
