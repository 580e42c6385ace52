"""Memory of a process that reads with a model: its limit, and how running out of it looks."""

from __future__ import annotations

import resource
from typing import Final

_MEGABYTE: Final = 1024 * 1024
# PyTorch has no class of its own for memory that the processor's allocator did not get.
_SAID_BY_TORCH: Final = ("can't allocate memory", "not enough memory", "out of memory")


def limit(megabytes: int) -> None:
    """Let this process have so much memory of its own and no more; 0 sets no limit.

    What it shares with others, such as the code of libraries, does not count. No core is ever
    dumped, for it would hold texts.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes:
        most = megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def ran_out(err: BaseException) -> bool:
    """Return whether an error says that there was no memory left."""
    if isinstance(err, MemoryError):
        return True
    return isinstance(err, RuntimeError) and any(said in str(err) for said in _SAID_BY_TORCH)
