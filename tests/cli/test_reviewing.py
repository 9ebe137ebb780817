"""Reviewing at the command line: lists, decisions by script and by key, the round trip of a file."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from cli.conftest import CHECKOUT, Run
from musnad.collection import open_collection
from musnad.record import load_record

FOLDER = CHECKOUT / "tests" / "reading" / "articles"
ARTICLES = {
    name: f"2025-03-02 Coast News - Basra\n\n{(FOLDER / file).read_text(encoding='utf-8')}"
    for name, file in (("relay.txt", "en-relay-and-denial.txt"), ("nested.txt", "en-nested-report.txt"))
}
WHO = ("--by", "Amal Saleh", "--at", "2026-11-28")


@pytest.fixture(scope="module")
def read_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a store of drafts as the reader makes them; tests copy it."""
    folder = tmp_path_factory.mktemp("drafts")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with open_collection(folder / "news.musnad") as news:
        news.add(folder / "relay.txt", folder / "nested.txt")
        assert len(news.queue()) >= 3, "the reader reads too little of these articles for this test"
    return folder / "news.musnad"


@pytest.fixture
def store(read_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MUSNAD_REVIEWER", raising=False)
    shutil.copytree(read_store, tmp_path / "news.musnad")
    return tmp_path / "news.musnad"


def ids(musnad: Run, store: Path, *options: str) -> list[str]:
    listed = musnad("review", "--list", "--format", "json", "--store", store, *options)
    assert listed.status == 0, listed.err
    return [one["id"] for one in json.loads(listed.out)]


def counts(musnad: Run, store: Path, *options: str) -> dict[str, int]:
    (row,) = json.loads(musnad("info", "--format", "json", "--store", store, *options).out)
    return dict(row)


def test_list_tells_what_a_decision_needs(musnad: Run, store: Path) -> None:
    result = musnad("review", "--list", "-f", "json", "-s", store, "--order", "weight")
    first = json.loads(result.out)[0]
    assert first["weight"] == len(first["findings"]) > 0
    assert first["confidence"] < 1
    assert {"says", "polarity", "modality", "source", "quote", "claim", "article"} <= set(first)
    # Without a terminal the queue is listed, whether asked for or not.
    assert musnad("review", "-f", "json", "-s", store, "--order", "weight").out == result.out
    table = musnad("review", "--list", "-s", store, "--lang", "ar")
    assert first["id"] in table.out
    assert musnad("review", "--list", "-s", store, "-f", "csv").out.startswith("claim,confidence,weight,")


def test_accept_reject_undo_by_script(musnad: Run, store: Path) -> None:
    before = counts(musnad, store)
    one, other, *_ = ids(musnad, store, "--order", "weight")
    accepted = musnad("review", "accept", one, *WHO, "--note", "as printed", "-f", "json", "-s", store)
    assert accepted.status == 0, accepted.err
    (decision,) = json.loads(accepted.out)
    assert (decision["verdict"], decision["by"], decision["at"]) == ("accept", "Amal Saleh", "2026-11-28")
    assert f"1 of {before['claims']} claims reviewed" in accepted.err
    rejected = musnad("review", "reject", other, *WHO, "-f", "json", "-s", store)
    assert counts(musnad, store)["claims"] == before["claims"] - 1
    assert counts(musnad, store)["findings"] < before["findings"]
    undone = musnad("review", "undo", json.loads(rejected.out)[0]["decision"], *WHO, "-s", store)
    assert undone.status == 0, undone.err
    assert counts(musnad, store) == before | {"reviewed": 1, "decisions": 3, "kept_readings": 1}
    listed = musnad("query", "decisions", "-f", "json", "-s", store)
    assert [row["verdict"] for row in json.loads(listed.out)] == ["accepted", "rejected", "undone"]
    assert "as printed" in musnad("trace", one, "-s", store).out + listed.out


def test_bulk_takes_all_that_meet_the_conditions(musnad: Run, store: Path) -> None:
    picked = ids(musnad, store, "--where", "confidence>=0.5", "--where", "polarity=denied")
    assert picked
    result = musnad(
        "review", "accept", "-w", "confidence>=0.5", "-w", "polarity=denied", *WHO, "-f", "json", "-s", store
    )
    assert len(json.loads(result.out)) == len(picked)
    assert counts(musnad, store)["reviewed"] == len(picked)
    assert not set(ids(musnad, store)) & set(picked)
    nothing = musnad("review", "reject", "-w", "article=nowhere", *WHO, "-f", "json", "-s", store)
    assert (nothing.status, json.loads(nothing.out)) == (0, [])


def test_edit_by_options_and_by_json(musnad: Run, store: Path, tmp_path: Path) -> None:
    (claim,) = ids(musnad, store, "-w", "source=auditor")
    result = musnad(
        "review", "edit", claim, "--source", "the audit office", "--source-kind", "organisation",
        "--modality", "possible", "--quote", "the files were destroyed", *WHO, "-s", store,
    )  # fmt: skip
    assert result.status == 0, result.err
    traced = json.loads(musnad("trace", claim, "-f", "json", "-s", store).out)
    speaker = traced["chain"][0]
    assert (speaker["role"], speaker["agent"], speaker["kind"]) == (
        "speaker",
        "the audit office",
        "organisation",
    )
    assert (traced["modality"], traced["reading"]["status"]) == ("possible", "reviewed")
    assert traced["reading"]["reviewed"] == {"by": "Amal Saleh", "on": "2026-11-28"}
    change = tmp_path / "change.json"
    change.write_text('{"claim": {"polarity": "denied"}}', encoding="utf-8")
    assert musnad("review", "edit", claim, "--change", change, *WHO, "-s", store).status == 0
    assert json.loads(musnad("trace", claim, "-f", "json", "-s", store).out)["polarity"] == "denied"
    page = musnad("trace", claim, "-s", store).out
    assert "reviewed by Amal Saleh on 2026-11-28" in page


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("accept",), "name the claims to accept"),
        (("accept", "s1c1", "-w", "confidence=1"), "and not both"),
        (("undo", "-w", "confidence=1"), "undo takes claims"),
        (("edit", "a", "b"), "edit one claim at a time"),
        (("accept", "a", "--polarity", "denied"), "only edit changes a claim"),
        (("accept", "nobody said this", *WHO), "M501"),
        (("accept", "-w", "confidence>=0"), "M524"),
        (("accept", "-w", "colour=red", *WHO), "M523"),
        (("edit", "the files were destroyed", "--change", "no.json", *WHO), "M522"),
        (("edit", "the files were destroyed", "--change", "[1]", *WHO), "M522"),
        (("edit", "the files were destroyed", *WHO), "M5"),
        (("undo", "the files were destroyed", *WHO), "M5"),
    ],
)
def test_mistakes_end_in_words_and_status_2(
    musnad: Run, store: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = counts(musnad, store)
    result = musnad("review", *arguments, "-s", store)
    assert (result.status, result.out) == (2, "")
    assert words in result.err
    assert counts(musnad, store) == before


def test_only_what_was_reviewed_is_shown_where_asked(musnad: Run, store: Path, tmp_path: Path) -> None:
    everything = json.loads(musnad("conflicts", "-f", "json", "-s", store).out)
    assert everything
    for command in ("conflicts", "agreements", "findings", "statements"):
        result = musnad(command, "--reviewed", "-f", "json", "-s", store)
        assert (result.status, json.loads(result.out)) == (0, []), command
    assert musnad("trace", "the files were", "--reviewed", "-s", store).status == 2
    musnad("review", "accept", "-w", "finding=conflict", *WHO, "-s", store)
    assert json.loads(musnad("conflicts", "--reviewed", "-f", "json", "-s", store).out) == everything
    assert counts(musnad, store, "--reviewed")["claims"] == counts(musnad, store)["reviewed"]
    rows = json.loads(musnad("query", "conflicts", "--reviewed", "-f", "json", "-s", store).out)
    assert len(rows) == len(everything)
    file = tmp_path / "reviewed.trig"
    assert musnad("export", "--reviewed", "-o", file, "-s", store).status == 0
    assert musnad("validate", file).status == 0
    assert musnad("export", "--history", "-f", "turtle", "-s", store).status == 2
    assert "graph/past/" in musnad("export", "--history", "-f", "nquads", "-s", store).out


# --- files -----------------------------------------------------------------------------------------


def test_file_is_read_edited_and_built(musnad: Run, tmp_path: Path) -> None:
    article, file, store = tmp_path / "nested.txt", tmp_path / "x.json", tmp_path / "news.musnad"
    article.write_text(ARTICLES["nested.txt"], encoding="utf-8")
    file.write_text(musnad("read", article).out, encoding="utf-8")
    assert musnad("build", file, "-s", store).status == 0
    # In the store some of it is decided; what comes out holds that, and is edited as a whole.
    (claim,) = ids(musnad, store, "-w", "source=auditor")
    musnad("review", "accept", claim, *WHO, "-s", store)
    file.write_text(musnad("record", "nested", "-s", store).out, encoding="utf-8")
    data = json.loads(file.read_text(encoding="utf-8"))
    marks = [one.get("review") for said in data["statements"] for one in said.get("claims", ())]
    assert {"status": "reviewed", "by": "Amal Saleh", "date": "2026-11-28"} in marks
    data["review"] = {"status": "reviewed", "by": "Rana", "date": "2026-11-29"}
    data["statements"] = [said for said in data["statements"] if said.get("claims")]
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert musnad("build", file, "-s", store).status == 0
    assert musnad("record", "nested", "-s", store).out == dumped(file)
    assert ids(musnad, store) == []
    rows = json.loads(musnad("query", "readings", "-f", "json", "-s", store).out)
    assert [(row["review"], row["current"]) for row in rows] == [("draft", False), ("reviewed", True)]
    draft = json.loads(musnad("record", "nested", "--reading", "1", "-s", store).out)
    assert draft["review"]["status"] == "draft"
    assert draft == json.loads(musnad("read", article).out)
    assert musnad("record", "nested", "--reading", "7", "-s", store).status == 2
    assert musnad("record", "--reading", "1", "-s", store).status == 2
    # Reading the article again is refused, and what a person wrote stays.
    again = musnad("build", article, "-s", store)
    assert (again.status, "M503" in again.err) == (2, True)
    assert musnad("record", "nested", "-s", store).out == dumped(file)


def dumped(path: Path) -> str:
    from musnad.record import dump_record

    return dump_record(load_record(path))


def test_all_records_come_out_a_line_each_and_go_in_again(musnad: Run, store: Path, tmp_path: Path) -> None:
    musnad("review", "accept", "-w", "finding=conflict", *WHO, "-s", store)
    file = tmp_path / "all.jsonl"
    assert musnad("record", "-o", file, "-s", store).status == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 2
    assert musnad("build", file, "-s", tmp_path / "again").status == 0
    left, right = (musnad("export", "-f", "nquads", "-s", one).out for one in (store, tmp_path / "again"))
    assert left == right


# --- keys ------------------------------------------------------------------------------------------


def press(store: Path, keys: list[tuple[str, str]], **environment: str) -> int:
    """Run `musnad review` on a terminal; press each key when the text before it stands and a key is awaited.

    Gives the exit status. A key pressed before the program reads single keys would be lost.
    """
    main, terminal = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", "from musnad.cli.main import main; main()", "review", *WHO, "-s", str(store)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "dumb", "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        start_new_session=True,
    )
    shown = ""
    end = time.monotonic() + 60
    try:
        for awaited, key in keys:
            while awaited not in shown or (key and termios.tcgetattr(terminal)[3] & termios.ICANON):
                assert time.monotonic() < end, f"{awaited!r} does not come: {shown}"
                if select.select([main], [], [], 0.05)[0]:
                    shown += os.read(main, 65536).decode(errors="replace")
            if key:
                shown = ""
                os.write(main, key.encode())
        while program.poll() is None:
            assert time.monotonic() < end, shown
            if select.select([main], [], [], 0.05)[0]:
                os.read(main, 65536)
        return program.returncode
    finally:
        program.kill()
        program.wait()
        os.close(main)
        os.close(terminal)


def test_queue_is_gone_through_by_keys(musnad: Run, store: Path) -> None:
    first, second, *rest = ids(musnad, store)
    before = counts(musnad, store)
    keys = [("[q]uit", "a"), (second, ""), ("[q]uit", "r"), ("[q]uit", "u"), ("[q]uit", "q")]
    assert press(store, keys) == 0
    after = counts(musnad, store)
    assert after == before | {"reviewed": 1, "decisions": 3, "kept_readings": after["kept_readings"]}
    assert first not in ids(musnad, store)
    assert ids(musnad, store) == [second, *rest]


def test_claim_is_edited_in_the_editor_and_problems_are_shown(
    musnad: Run, store: Path, tmp_path: Path
) -> None:
    """The editor first writes words that the article does not have, then what is right."""
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import json, pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "data = json.loads(path.read_text(encoding='utf-8'))\n"
        "wrong = 'polarity' in data['claim'] and data['claim']['polarity'] != 'perhaps'\n"
        "data['claim']['polarity'] = 'perhaps' if wrong else 'denied'\n"
        "path.write_text(json.dumps(data), encoding='utf-8')\n"
        "import os; os.utime(path, (1, 2_000_000_000 if wrong else 2_100_000_000))\n",
        encoding="utf-8",
    )
    first = ids(musnad, store)[0]
    was = json.loads(musnad("trace", first, "-f", "json", "-s", store).out)["polarity"]
    keys = [("[q]uit", "e"), ("'perhaps' is not a value here", ""), ("[y/n]", "y"), ("[q]uit", "q")]
    assert press(store, keys, EDITOR=f"{sys.executable} {editor}") == 0
    traced = json.loads(musnad("trace", first, "-f", "json", "-s", store).out)
    assert (traced["polarity"], traced["reading"]["status"]) == ("denied", "reviewed") or was == "denied"


def test_keys_need_a_name_first(store: Path) -> None:
    assert CHECKOUT.is_dir()
    with open_collection(store) as news:
        from musnad.cli.session import go_through
        from musnad.errors import UnknownReviewer

        with pytest.raises(UnknownReviewer):
            go_through(news, by="", at="", order="doubt", where=[], language="en")


# --- versions and withdrawals -----------------------------------------------------------------------


def test_versions_differ_and_days_are_asked_for(musnad: Run, tmp_path: Path) -> None:
    store = tmp_path / "news.musnad"
    for day, more in (("2025-03-02", ""), ("2025-03-04", "\nThe inquiry goes on.\n")):
        file = tmp_path / f"on-{day}.txt"
        file.write_text(ARTICLES["nested.txt"] + more, encoding="utf-8")
        told = ("--date", day, "--url", "https://coast.example/audit", "--outlet", "Coast News")
        assert musnad("build", file, *told, "-s", store).status == 0
    rows = json.loads(musnad("diff", "-f", "json", "-s", store).out)
    assert {row["article"] for row in rows} == {"on-2025-03-04"}
    assert {row["change"] for row in rows} == {"carried"}
    assert json.loads(musnad("diff", "on-2025-03-04", "-f", "json", "-s", store).out) == rows
    assert musnad("diff", "on-2025-03-02", "-s", store).status == 2
    assert musnad("diff", "--reading", "1", "-s", store).status == 2
    result = musnad(
        "review", "withdraw", "on-2025-03-02", "--by", "Amal", "--at", "2025-03-05", "--note", "retracted",
        "-s", store,
    )  # fmt: skip
    assert result.status == 0, result.err
    assert "withdrew 2 claims" in result.err
    both = counts(musnad, store, "--as-of", "2025-03-04")
    assert both["claims"] == 2 * counts(musnad, store, "--as-of", "2025-03-05")["claims"] > 0
    assert counts(musnad, store, "--as-of", "2025-03-02")["articles"] == 1
    assert musnad("conflicts", "--as-of", "long ago", "-s", store).status == 2
    assert json.loads(musnad("conflicts", "--as-of", "2025-03-01", "-f", "json", "-s", store).out) == []
    assert musnad("review", "undo", "on-2025-03-02", *WHO, "-s", store).status == 0
    assert counts(musnad, store)["claims"] == both["claims"]


def test_statements_without_claims_are_listed_and_decided_about(musnad: Run, store: Path) -> None:
    listed = musnad("review", "--statements", "--format", "json", "--store", store)
    waiting = json.loads(listed.out)
    assert waiting
    assert waiting[0]["content"]["text"] in musnad("review", "--statements", "--store", store).out
    name = waiting[0]["id"]
    done = musnad("review", "accept", name, *WHO, "--store", store)
    assert (done.status, waiting[0]["statement"] in done.out) == (0, True)
    assert done.err.startswith("accepted 1 statement;")
    left = json.loads(musnad("review", "--statements", "--format", "json", "--store", store).out)
    assert left == waiting[1:]
    assert musnad("review", "accept", name, *WHO, "--store", store).status == 2
    undone = musnad("review", "undo", waiting[0]["statement"], *WHO, "--store", store)
    assert undone.err.startswith("undid what was decided about 1 statement;")
