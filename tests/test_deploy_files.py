"""The files for the production profile: valid, hardened, and in step with the product."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import certifi
import pytest
import yaml
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError

from moderation.settings import Settings
from tests.servers import RedisServer

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
LANES = {"alert", "act", "capture", "classify", "ingest", "stamp", "summary"}


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_compose_file_keeps_the_compose_specification() -> None:
    result = run(
        BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"
    )
    assert result.returncode == 0, result.stdout


def test_the_dockerfile_has_nothing_for_hadolint_to_say() -> None:
    result = run(BIN / "hadolint", "Dockerfile")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "cap_add" not in service
    assert "privileged" not in service


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - {"migrate"}))
def test_every_lasting_container_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_image_runs_as_nobody_in_particular() -> None:
    users = re.findall(r"^USER (.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert users == ["10001:10001"]


def test_the_record_and_the_broker_cannot_be_reached_from_outside() -> None:
    assert COMPOSE["networks"]["record"]["internal"] is True
    for name in ("postgres", "redis"):
        assert SERVICES[name]["networks"] == ["record"]
        assert "ports" not in SERVICES[name]


def test_redis_never_evicts_and_survives_a_restart() -> None:
    command = SERVICES["redis"]["command"]
    given = dict(zip(command[1::2], command[2::2], strict=True))
    assert given["--maxmemory-policy"] == "noeviction"
    assert (given["--appendonly"], given["--appendfsync"]) == ("yes", "everysec")
    assert "--maxmemory" in given


def test_the_workers_serve_every_lane_once() -> None:
    served = [
        lane
        for service in OURS.values()
        if service["command"][0] == "worker"
        for lane in service["command"][2].split(",")
    ]
    assert sorted(served) == sorted(LANES)


def test_two_beats_run_so_that_one_may_go_away() -> None:
    assert SERVICES["beat"]["deploy"]["replicas"] == 2


@pytest.mark.parametrize("name", OURS)
def test_every_command_in_the_compose_file_is_one_of_ours(name: str) -> None:
    result = run(BIN / "watchroom", *OURS[name]["command"], "--help")
    assert result.returncode == 0, result.stderr


def test_the_health_check_is_a_command_of_ours() -> None:
    for service in OURS.values():
        if "test" in service["healthcheck"]:
            _, *command = service["healthcheck"]["test"]
            assert command[0] == "watchroom"
            result = run(BIN / "watchroom", *command[1:], "--help")
            assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", OURS)
def test_the_settings_in_the_compose_file_are_settings_of_ours(name: str, tmp_path: Path) -> None:
    values = {
        key: value
        for key, value in OURS[name]["environment"].items()
        if key.startswith("WATCHROOM_")
    }
    contents = {
        "database_url": "postgresql://watchroom:x@postgres/watchroom",
        "redis_url": "redis://watchroom:x@redis:6379/0",
        "smtp_password": "",
    }
    for secret, content in contents.items():
        (tmp_path / secret).write_text(content)
    values = {
        key: value.replace("/run/secrets", str(tmp_path)) if key.endswith("_FILE") else value
        for key, value in values.items()
    }
    settings = Settings.from_env(values)
    assert settings.database_url == contents["database_url"]
    assert settings.profile == "production"


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|_URL", key):
                assert key.endswith("_FILE")
                assert value.startswith("/run/secrets/")


def test_every_setting_of_the_example_is_one_of_ours(tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pem"
    end = "-----END CERTIFICATE-----\n"
    certificate.write_text(Path(certifi.where()).read_text().partition(end)[0] + end)
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = [line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?[A-Z_]+=", line)]
    values = dict(pairs)
    assert len(values) == len(pairs) > 10
    # The example names certificates of a machine that is not this one.
    values |= {key: str(certificate) for key in values if values[key].endswith(".pem")}
    assert Settings.from_env(values).smtp_host == "smtp.example.org"


def test_every_file_that_the_image_is_built_from_is_let_through() -> None:
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    allowed = {line[1:] for line in ignored if line.startswith("!")}
    needed = {"pyproject.toml", "constraints.txt", "hatch_build.py", "package-lock.json"}
    assert needed | {"moderation", "connectors", "classifiers", "worker", "review_ui"} <= allowed


def test_secrets_are_written_once_and_agree(tmp_path: Path) -> None:
    run("sh", "deploy/secrets.sh", tmp_path)
    first = {path.name: path.read_text() for path in tmp_path.iterdir()}
    run("sh", "deploy/secrets.sh", tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == first
    assert set(first) == set(COMPOSE["secrets"])
    assert first["postgres_password"].strip() in first["database_url"]


def test_the_brokers_account_reaches_our_keys_and_no_others(tmp_path: Path) -> None:
    run("sh", "deploy/secrets.sh", tmp_path)
    address = (tmp_path / "redis_url").read_text().strip()
    server = RedisServer({"--aclfile": str(tmp_path / "redis_acl")})
    try:
        with Redis(port=server.port) as anybody, pytest.raises(AuthenticationError):
            anybody.ping()
        with Redis.from_url(address.replace("redis:6379", f"127.0.0.1:{server.port}")) as ours:
            assert ours.lpush("watchroom:act", "1") == 1
            assert ours.eval("return redis.call('llen', KEYS[1])", 1, "watchroom:act") == 1
            with pytest.raises(NoPermissionError):
                ours.lpush("elsewhere", "1")
            with pytest.raises(NoPermissionError):
                ours.flushall()
    finally:
        server.stop()
