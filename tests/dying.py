"""Processes that die on purpose: a child of the test ends at a chosen moment, as by kill -9."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from moderation.store import Store

KILLED = 9
BROKE = 70


def die() -> None:
    """End this process at once: no clean-up, no commit, no lease given back."""
    os._exit(KILLED)


def in_a_child(work: Callable[[], object]) -> bool:
    """Do work in a process of its own; True when it died on purpose, False when it came to its end.

    The child must open its own store: a connection has one owner.
    """
    with warnings.catch_warnings():
        # Threads of libraries are not used by the child.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001  whatever it was, the child must not run the tests on
            traceback.print_exc(file=sys.stderr)
            os._exit(BROKE)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in {0, KILLED}, "the child broke; its traceback is above"
    return status == KILLED


class DyingStore(Store):
    """A store whose process dies right before or right after its n-th commit."""

    def die_at(self, commit: int, *, before: bool) -> None:
        self._count, self._commit, self._before = 0, commit, before

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self._count += 1
        mine = self._count == self._commit
        with super().transaction() as session:
            yield session
            if mine and self._before:
                session.flush()
                die()
        if mine:
            die()
