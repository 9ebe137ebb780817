"""Queries that would reach out to other servers are refused: seen in their text, and stopped by the kernel.

SPARQL has two ways out, SERVICE in queries and LOAD in updates; updates are never taken. Oxigraph carries
SERVICE out and has no switch for it, hence the two barriers. The first reads the text and gives a clear
answer. The second takes the right to make a socket from the process that carries the query out, so that a
text the first misreads cannot get out either.
"""

from __future__ import annotations

import ctypes
import platform
import re
import struct
import sys
from typing import Final

# Strings, comments and names in which the word means nothing. An escape stands alone so that the quote or
# hash in `ex:a\'b` opens nothing. What stands between < and > may be an IRI or a comparison with a comment
# after it, as in `?a<?b)SERVICE#>`: there the word counts if a bracket closes before it.
_PASSED_OVER: Final = re.compile(
    r"""
      '''(?:[^'\\]|\\.|'(?!''))*''' | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | \\.
    | [?$@]\w+ | [\w.-]*:(?:[\w.:-]|%[0-9A-F]{2}|\\.)*
    | \#[^\n\r]*
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_AFTER_BRACKET: Final = re.compile(r"\).*\bservice\b", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def reaches_out(query: str) -> bool:
    r"""Tell whether a query would ask another server (SERVICE), as far as its text shows.

    >>> reaches_out("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    True
    >>> reaches_out("SELECT ?service { ?service ex:service 'SERVICE' } # SERVICE")
    False
    >>> reaches_out(r"SELECT * { ?s ex:a\'b ?o . SERVICE ?x { } FILTER(?o = 'c') }")
    True
    """
    plain = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), query)
    return any(_has_word(text) for text in {query, plain})


def _has_word(text: str) -> bool:
    for token in _PASSED_OVER.finditer(text):
        # A number needs no space after it: `?s ?p 1SERVICE …`.
        if (token["word"] or "").lower().endswith("service") or _AFTER_BRACKET.search(token["iri"] or ""):
            return True
    return False


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= sys.maxunicode else ""


# --- the kernel's part ----------------------------------------------------------------------------------

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
