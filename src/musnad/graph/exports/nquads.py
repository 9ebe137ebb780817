"""N-Quads with its lines sorted: the form that is compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterator

from musnad.graph.descriptions import Descriptions, serialize


def write_nquads(said: Descriptions) -> Iterator[str]:
    """Give the quads one a line, sorted by code point, each once."""
    for line in sorted(set(serialize(said.quads))):
        yield f"{line}\n"
