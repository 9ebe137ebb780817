"""`musnad compare`: a reading beside a reviewed record."""

from __future__ import annotations

import json

from cli.conftest import CHECKOUT, Run

SEED = CHECKOUT / "seeds" / "shafaq-2025-10-11"


def test_the_first_article_is_read_almost_as_reviewed(musnad: Run) -> None:
    done = musnad("compare", str(SEED / "article.txt"), str(SEED / "record.json"), "--format", "json")
    assert done.status == 0, done.err
    rows = {row["compared"]: row for row in json.loads(done.out)}
    for what in ("statements", "sources", "dates", "quantities", "places"):
        assert rows[what]["F1"] == 1.0, what
    assert rows["claims"]["precision"] > 0.8


def test_another_text_is_an_error_with_a_code(musnad: Run) -> None:
    done = musnad("compare", str(CHECKOUT / "README.md"), str(SEED / "record.json"))
    assert done.status == 2
    assert "M103" in done.err
