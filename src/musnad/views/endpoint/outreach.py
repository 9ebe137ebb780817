"""The right to reach other servers, taken by the kernel from a process that carries out queries.

Oxigraph carries SERVICE out and has no switch for it. `musnad.graph.bounds.check_outreach` refuses what shows
it in its text; this stops a text that it misreads.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import Final

# A seccomp filter in classic BPF (linux/filter.h, linux/seccomp.h): load the architecture, let foreign ones
# be refused whole, load the number of the system call, and answer `socket` with EACCES.
_MACHINES: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _EACCES = 0x7FFF0000, 0x0005000D
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2


def forbid_sockets() -> bool:
    """Take the right to make sockets from this process for good; tells whether the system can do that."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    architecture, socket_call = _MACHINES[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),
        (_JUMP_IF_EQUAL, 0, 2, architecture),
        (_LOAD, 0, 0, 0),
        (_JUMP_IF_EQUAL, 0, 1, socket_call),
        (_RETURN, 0, 0, _EACCES),
        (_RETURN, 0, 0, _ALLOW),
    )
    program = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(program)
    # struct sock_fprog: the number of steps, and where they are.
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(head), 0, 0) == 0)
