"""Starts the child process of one optional model, asks it within a time limit, and ends it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Mapping, Sequence
from typing import Any, Final

from classifiers.optional import frames
from classifiers.optional.model_settings import ModelSettings
from moderation.errors import SettingsError
from moderation.model import Failure

# What Watchroom's own settings hold, passwords among it, is none of a model's business.
_OURS: Final = "WATCHROOM_"
_OFFLINE: Final = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Failed(Exception):
    """A batch was not scored, or the child did not start; over says that the child is gone."""

    def __init__(self, failure: Failure, *, over: bool) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.over = over


class ModelProcess:
    """One running child with its model loaded; use it from one thread at a time."""

    def __init__(self, chosen: ModelSettings, limit_s: int) -> None:
        """Start the child and wait until it has loaded.

        Raises SettingsError where it says what is wrong with the settings or the files, and Failed
        when it did not come up within limit_s seconds.
        """
        self._owner = os.getpid()
        self._end, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own module, no words from outside
                [sys.executable, "-P", "-m", "classifiers.optional.child", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(chosen.threads),
                pass_fds=[theirs.fileno()],
            )
        self.close = weakref.finalize(self, _close, self._process, self._end, self._owner)
        answer = self._exchange({"settings": chosen.as_json(), "limit_s": limit_s}, limit_s)
        if "refused" in answer:
            self.close()
            raise SettingsError(str(answer["refused"]))
        if "failed" in answer:
            self.close()
            raise Failed(Failure(answer["failed"]), over=True)

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Say whether it runs, and for us: a process that was forked off us must start its own."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, texts: Sequence[str], limit_s: int) -> list[Any]:
        """Return the child's scores of each text, None for one that is too long for it.

        Raises Failed: after a time limit or a death the child is gone, else it goes on.
        """
        answer = self._exchange(list(texts), limit_s)
        if "failed" in answer:
            raise Failed(Failure(answer["failed"]), over=False)
        scores = answer.get("scores")
        if not isinstance(scores, list) or len(scores) != len(texts):
            raise Failed(Failure.BAD_ANSWER, over=False)
        return scores

    def _exchange(self, value: object, limit_s: int) -> dict[str, Any]:
        try:
            frames.send(self._end, value, limit_s)
            answer = frames.receive(self._end, limit_s)
        except TimeoutError as err:
            self.close()
            raise Failed(Failure.TIMED_OUT, over=True) from err
        except (OSError, EOFError, ValueError) as err:
            self.close()
            raise Failed(Failure.STOPPED, over=True) from err
        except BaseException:
            # Cut off in the middle, as by a signal: the answer would be taken for the next one's.
            self.close()
            raise
        return answer if isinstance(answer, dict) else {}


def _environment(threads: int) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | _OFFLINE | {"OMP_NUM_THREADS": str(threads)}


def _close(process: subprocess.Popen[bytes], end: socket.socket, owner: int) -> None:
    """End the child now; in a process that was forked off its owner, only let go of it."""
    end.close()
    if owner == os.getpid():
        process.kill()
        process.wait()
