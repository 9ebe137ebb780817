"""The same articles give the same bytes: on another machine, in another order, with any --jobs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from trust.scale import THOROUGH, tried

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    ROOT / "seeds" / "shafaq-2025-10-11" / "record.json",
    *sorted((ROOT / "tests" / "records").glob("*.json")),
]
ARTICLES = ["أ وكالة.txt", "b.txt", "c.txt", "d.txt"]
TEXTS = [
    "قال المتحدث باسم وزارة الدفاع إن القوات ستنسحب من قاعدة عين الأسد في أيلول 2026، وأكد مصدر حكومي ذلك.",
    "BAGHDAD (Coast News) - The minister said about 2,000 troops will leave Iraq by 2026. He denied it.",
    "وأضاف المصدر أن «عدد المستشارين لم يحسم بعد»، فيما نفى مسؤول في أربيل وجود قاعدة جديدة في كركوك.",
    "Officials told Reuters on Monday that fewer than 500 soldiers remain, according to a government source.",
]

# Runs commands one after the other in one process and prints what they wrote, by name.
SCRIPT = """
import sys, json, hashlib
from pathlib import Path
from musnad.cli.main import run
job = json.load(sys.stdin)
for command in job["commands"]:
    status = run(command)
    assert status == 0, (command, status)
files = sorted(Path(job["out"]).iterdir())
print(json.dumps({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}))
"""
FORMS = {
    "turtle": "ttl",
    "trig": "trig",
    "nquads": "nq",
    "jsonld": "jsonld",
    "prov": "prov.ttl",
    "nanopub": "nanopub.trig",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What differs from one machine to another."""

    hash_seed: str
    locale: str
    zone: str
    cwd: str
    jobs: int
    backwards: bool


MACHINES = [
    Machine("0", "C", "UTC", "one", 1, False),
    Machine("4242", "C.UTF-8", "Pacific/Kiritimati", "two/deeper", 2, True),
    Machine("1", "ar_IQ.UTF-8", "America/Anchorage", "ثلاثة", 3, True),
]


def outputs(machine: Machine, folder: Path) -> dict[str, str]:
    """Read, build and write out everything on a machine; gives the hash of each file by its name."""
    here, out = folder / machine.cwd, folder / f"out-{machine.hash_seed}"
    for place in (here, out, folder / "articles"):
        place.mkdir(parents=True, exist_ok=True)
    for name, text in zip(ARTICLES, TEXTS, strict=True):
        (folder / "articles" / name).write_text(text, encoding="utf-8")
        meta = {"date": "2025-10-11", "outlet": name}
        (folder / "articles" / name).with_suffix(".meta.json").write_text(json.dumps(meta), encoding="utf-8")
    inputs = [str(path) for path in (*RECORDS, *(folder / "articles" / name for name in ARTICLES))]
    if machine.backwards:
        inputs.reverse()
    store, jobs = str(here / "news.musnad"), str(machine.jobs)
    articles = str(folder / "articles")
    commands = [
        ["read", articles, "--jobs", jobs, "--output", str(out / "drafts.jsonl")],
        ["build", *inputs, "--jobs", jobs, "--store", store],
        ["backup", str(out / "backup.nq.gz"), "--store", store],
        ["verify", "--store", store, "--format", "json", "--output", str(out / "verified.json")],
        ["statements", "--store", store, "--format", "csv", "--output", str(out / "statements.csv")],
    ]
    for language in ("en", "ar"):
        commands.append(
            [
                "findings",
                "--store",
                store,
                "--format",
                "json",
                "--lang",
                language,
                "-o",
                str(out / f"findings.{language}.json"),
            ]
        )
    commands += [
        ["export", "--store", store, "-f", form, "-o", str(out / f"news.{ending}")]
        for form, ending in FORMS.items()
    ]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": machine.hash_seed,
        "LC_ALL": machine.locale,
        "LANG": machine.locale,
        "TZ": machine.zone,
        "HOME": str(here),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=here,
        env=environment,
        input=json.dumps({"commands": commands, "out": str(out)}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return outputs(MACHINES[0], tmp_path_factory.mktemp("machine"))


@pytest.mark.parametrize(
    "machine", MACHINES[1:] if THOROUGH else MACHINES[1:2], ids=lambda machine: machine.zone
)
def test_other_machine_other_order_other_processes_same_bytes(
    first: dict[str, str], machine: Machine, tmp_path: Path
) -> None:
    assert len(first) == 6 + len(FORMS)
    assert outputs(machine, tmp_path) == first
    tried("files found equal on another machine", len(first))
