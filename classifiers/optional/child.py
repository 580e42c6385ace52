"""The process that holds one optional model: loads it, then scores batch after batch.

It is started by classifiers.optional.process, speaks over one socket, writes nothing anywhere, and
ends when its parent is gone. No part of it may open a connection.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from classifiers.optional import frames, memory
from classifiers.optional.model_settings import ModelSettings
from classifiers.optional.reader import Reader
from classifiers.registry import KINDS
from moderation.errors import SettingsError
from moderation.model import Failure

# The parent ends a child that is late; this ends one whose parent died while it was late.
_GRACE_S: Final = 30
_NETWORK: Final = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostby")
_NO_LIBRARY: Final = (
    "Its libraries are not installed: install Watchroom with the extra named models, for example "
    "pip install 'watchroom[models]'."
)


def main(number: int) -> None:
    """Serve the parent on an open socket until it is closed."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        # These go to a whole group of processes; the parent decides when this one ends.
        signal.signal(stop, signal.SIG_IGN)
    sys.addaudithook(_refuse_network)
    with socket.socket(fileno=number) as parent:
        first = frames.receive(parent)
        chosen = ModelSettings.from_json(first["settings"])
        memory.limit(chosen.memory_mb)
        reader, answer = _load(chosen, first["limit_s"])
        frames.send(parent, answer)
        while reader is not None:
            texts = frames.receive(parent)
            frames.send(parent, _scored(reader, texts))


def _refuse_network(event: str, _details: object) -> None:
    if event.startswith(_NETWORK):
        raise PermissionError(event)


def _load(chosen: ModelSettings, limit_s: int) -> tuple[Reader | None, dict[str, Any]]:
    """Return the model and what to tell the parent of it."""
    signal.alarm(limit_s + _GRACE_S)
    try:
        reader = load(chosen)
    except SettingsError as err:
        return None, {"refused": str(err)}
    except ModuleNotFoundError:
        return None, {"refused": _NO_LIBRARY}
    except Exception as err:  # noqa: BLE001  a library may raise anything over a file from outside
        return None, {"failed": _failure(err).value}
    finally:
        signal.alarm(0)
    return reader, {"ready": True}


def load(chosen: ModelSettings) -> Reader:
    """Return the model of these settings, with so many threads as they allow."""
    import torch

    torch.set_num_threads(chosen.threads)
    module: Any = import_module(KINDS[chosen.kind])
    opened: Callable[[ModelSettings], Reader] = module.load
    return opened(chosen)


def _scored(reader: Reader, texts: list[str]) -> dict[str, Any]:
    signal.alarm(reader.settings.timeout_s + _GRACE_S)
    try:
        return {"scores": reader.read(texts)}
    except Exception as err:  # noqa: BLE001  what broke over one batch may read the next one
        return {"failed": _failure(err).value}
    finally:
        signal.alarm(0)


def _failure(err: Exception) -> Failure:
    return Failure.OUT_OF_MEMORY if memory.ran_out(err) else Failure.BROKE


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except (EOFError, OSError):
        # The parent is gone: nobody is left to answer.
        sys.exit(0)
