"""Review over HTTP: what is decided, and what pages and queries say then."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from serving.reviewing import Desk, fields_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_every_decision_is_an_activity_in_a_graph_of_its_own_and_queries_see_it(desk: Desk) -> None:
    draft = desk.queue()[0]
    before = len(desk.queue())
    answer = desk.script.post(f"{desk.place(draft)}/accept", json={"note": "as printed", "at": "2026-11-28"})
    told = answer.json()
    assert told["drafts"] == before - 1
    (made,) = told["decisions"]
    assert (made["verdict"], made["claim"], made["by"], made["note"]) == (
        "accept",
        draft["claim"],
        "Amal Saleh",
        "as printed",
    )
    rows = desk.ask(
        f"SELECT ?g ?claim {{ GRAPH ?g {{ <{made['decision']}> a m:Decision, "
        "<http://www.w3.org/ns/prov#Activity> ; m:decides ?claim } }"
    )
    assert [(row["g"]["value"].rpartition("/")[2], row["claim"]["value"]) for row in rows] == [
        (made["decision"].rpartition("/")[2], draft["claim"])
    ]
    desk.script.post("/review/undo", json={"decision": made["decision"]})
    assert len(desk.queue()) == before


def test_findings_follow_at_once_on_pages_and_in_queries(desk: Desk) -> None:
    count = "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a m:Finding }"
    before = int(desk.ask(count)[0]["n"]["value"])
    questions = desk.people.get("/questions").text
    heaviest = desk.queue(order="weight")[0]
    told = desk.script.post(f"{desk.place(heaviest)}/reject", json={}).json()
    gone = sum(told["findings"]["gone_kinds"].values())
    assert gone == heaviest["weight"] > 0
    assert sorted(one["kind"] for one in told["findings"]["gone"]) == sorted(heaviest["findings"])
    after = int(desk.ask(count)[0]["n"]["value"])
    assert after == before - gone + sum(told["findings"]["come_kinds"].values())
    assert desk.people.get("/questions").text != questions
    finding = told["findings"]["gone"][0]["id"].rpartition("/")[2]
    assert desk.people.get(f"/finding/{finding}").status_code == 404
    assert desk.people.get(f"/claim/{heaviest['claim'].rpartition('/')[2]}").status_code == 404
    back = desk.script.post("/review/undo", json={"claim": heaviest["claim"]}).json()
    assert {one["id"] for one in back["findings"]["come"]} == {one["id"] for one in told["findings"]["gone"]}
    assert int(desk.ask(count)[0]["n"]["value"]) == before
    assert desk.people.get("/questions").text == questions


def test_health_counts_what_is_written(desk: Desk) -> None:
    draft = desk.queue()[0]
    made = desk.script.post(f"{desk.place(draft)}/accept", json={}).json()["decisions"][0]
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert desk.people.get("/health").json()["triples"] == int(desk.ask(count)[0]["n"]["value"])
    desk.script.post("/review/undo", json={"decision": made["decision"]})
    assert desk.people.get("/health").json()["triples"] == int(desk.ask(count)[0]["n"]["value"])


def test_page_goes_on_to_the_next_draft_and_undo_comes_back(desk: Desk) -> None:
    first, second = desk.queue(order="weight")[:2]
    answer = desk.post(f"{desk.place(first)}/accept?order=weight&lang=ar")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{desk.place(second)}?order=weight&done=")
    page = desk.people.get(answer.headers["Location"]).text
    assert 'dir="rtl"' in page
    assert 'role="status"' in page
    decision = re.findall(r'name="decision" value="(\w+)"', page)[0]
    answer = desk.post("/review/undo?order=weight", decision=decision)
    assert answer.headers["Location"].startswith(f"{desk.place(first)}?")
    assert desk.queue(order="weight")[0]["claim"] == first["claim"]


def test_edit_by_a_form_changes_what_it_says_and_nothing_else(desk: Desk) -> None:
    draft = next(
        one for one in desk.queue() if one["polarity"] == "affirmed" and one["modality"] == "planned"
    )
    place = desk.place(draft)
    before = desk.script.get(f"{place}.json").json()["editable"]
    fields = fields_of(desk.people.get(place).text)
    answer = desk.post(
        f"{place}/edit", **{**fields, "modality": "asserted", "note": "the plan was carried out"}
    )
    assert answer.status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert (made["change"], made["note"]) == (
        {"claim": {"modality": "asserted"}},
        "the plan was carried out",
    )
    edited = desk.script.get(desk.place({"claim": made["outcome"]}) + ".json").json()
    before["claim"]["modality"] = "asserted"
    assert edited["editable"] == before
    assert edited["status"] == "reviewed"
    desk.post("/review/undo", decision=made["decision"])


def test_form_that_changes_nothing_is_told_so(desk: Desk) -> None:
    place = desk.place(desk.queue()[0])
    answer = desk.post(f"{place}/edit", **fields_of(desk.people.get(place).text))
    assert answer.status_code == 422
    assert "The form says what the claim says already." in answer.text


def test_form_of_every_draft_says_what_the_draft_says(desk: Desk) -> None:
    # What a form cannot show, such as a term of a domain among entities, must not be changed by sending it.
    for draft in desk.queue():
        place = desk.place(draft)
        answer = desk.post(f"{place}/edit", **fields_of(desk.people.get(place).text))
        assert (answer.status_code, draft["says"]) == (422, draft["says"])
        assert "The form says what the claim says already." in answer.text


def test_selected_words_become_the_evidence_with_their_place(desk: Desk) -> None:
    draft = next(one for one in desk.queue() if len(one["quote"]["text"].split()) > 3)
    place = desk.place(draft)
    fields = fields_of(desk.people.get(place).text)
    words = draft["quote"]["text"].rpartition(" ")[0]
    start = draft["quote"]["start"]
    chosen = {"evidence": words, "evidence_start": str(start), "evidence_end": str(start + len(words))}
    assert desk.post(f"{place}/edit", **{**fields, **chosen}).status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert made["change"] == {
        "claim": {"evidence": {"text": words, "start": start, "end": start + len(words)}}
    }
    desk.post("/review/undo", decision=made["decision"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_an_edit_breaks_is_told_beside_its_field_and_nothing_is_lost(desk: Desk, language: str) -> None:
    draft = desk.queue()[0]
    place = desk.place(draft)
    fields = fields_of(desk.people.get(place).text)
    filled = {
        **fields,
        "evidence": f"words that are not there {HOSTILE}",
        "source": f"a name {HOSTILE}",
        "note": f"why {HOSTILE}",
    }
    answer = desk.post(f"{place}/edit?lang={language}", **filled)
    assert answer.status_code == 422
    assert '<ul class="wrong" id="wrong-evidence">' in answer.text
    assert re.search(r'id="edit-evidence" aria-invalid="true" aria-describedby="wrong-evidence"', answer.text)
    assert {name: fields_of(answer.text)[name] for name in ("evidence", "source", "note")} == {
        name: filled[name] for name in ("evidence", "source", "note")
    }
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert desk.queue()[0] == draft


def test_shapes_are_asked_before_an_edit_is_stored(desk: Desk) -> None:
    draft = next(one for one in desk.queue() if one["predicate"] == "sec:numbers")
    place = desk.place(draft)
    change = {"quantity": {"kind": "exact", "value": 5, "lower": 9, "upper": 3}}
    tried = desk.script.post(f"{place}/edit", json={"change": change, "try": True})
    stored = desk.script.post(f"{place}/edit", json={"change": change})
    assert (tried.status_code, stored.status_code) == (422, 422)
    assert tried.json() == stored.json()
    assert tried.json()["error"]["code"] == "M102"
    assert tried.json()["error"]["problems"]
    assert draft in desk.queue()


@pytest.mark.parametrize(
    ("language", "says"), [("en", "Name one place of “entities”"), ("ar", "سمّ مكانا واحدا")]
)
def test_what_a_shape_finds_in_an_edit_is_told_beside_its_field(desk: Desk, language: str, says: str) -> None:
    draft = next(one for one in desk.queue() if one["predicate"] == "sec:numbers")
    place = desk.place(draft)
    fields = fields_of(desk.people.get(place).text)
    # Something that is no place: the record allows it, a shape does not.
    answer = desk.post(f"{place}/edit?lang={language}", **{**fields, "place": fields["subject"]})
    assert answer.status_code == 422
    told = answer.text[answer.text.index('id="wrong-place"') :]
    assert says in unescape(told[: told.index("</ul>")])
    assert fields_of(answer.text)["place"] == fields["subject"]
    assert draft in desk.queue()


def test_numbers_of_the_form_are_read_in_both_scripts(desk: Desk) -> None:
    draft = next(
        one
        for one in desk.queue()
        if one["predicate"] == "sec:numbers"
        and "quantity" in desk.script.get(f"{desk.place(one)}.json").json()["editable"]
    )
    place = desk.place(draft)
    fields = fields_of(desk.people.get(place).text)
    wrong = desk.post(f"{place}/edit", **{**fields, "quantity_upper": "many"})
    assert wrong.status_code == 422
    assert '<ul class="wrong" id="wrong-quantity_upper">' in wrong.text
    assert desk.post(f"{place}/edit", **{**fields, "quantity_upper": "٦٠٠"}).status_code == 303
    made = desk.script.get("/review/decisions.json").json()[-1]
    assert made["change"] == {"quantity": {"upper": 600}}
    desk.post("/review/undo", decision=made["decision"])


def test_trying_an_edit_stores_nothing(desk: Desk) -> None:
    draft = desk.queue()[0]
    decisions = desk.script.get("/review/decisions.json").json()
    other = "denied" if draft["polarity"] == "affirmed" else "affirmed"
    answer = desk.script.post(
        f"{desk.place(draft)}/edit", json={"change": {"claim": {"polarity": other}}, "try": True}
    )
    assert answer.json()["editable"]["claim"]["polarity"] == other
    assert desk.script.get("/review/decisions.json").json() == decisions
    assert desk.queue()[0] == draft


def test_all_drafts_of_a_filter_are_decided_together_once_their_number_is_confirmed(desk: Desk) -> None:
    where = {"outlet": "Shafaq", "least_sure": "0.84"}
    found = desk.queue(**where)
    total = len(desk.queue())
    assert 0 < len(found) < total
    page = desk.people.get("/review/bulk", params={"verdict": "accept", **where}).text
    fields = fields_of(page)
    assert fields["count"] == str(len(found))
    # While the reviewer looks, one of them is decided elsewhere: what was confirmed is no longer there.
    other = desk.script.post(f"{desk.place(found[0])}/accept", json={}).json()["decisions"][0]
    place = f"/review/bulk?{httpx.QueryParams(where)}"
    late = desk.post(place, **fields)
    assert late.status_code == 409
    assert "M531" in late.text
    assert len(desk.queue()) == total - 1
    desk.script.post("/review/undo", json={"decision": other["decision"]})
    answer = desk.post(place, **fields)
    assert answer.status_code == 303
    assert desk.queue(**where) == []
    assert len(desk.queue()) == total - len(found)
    made = desk.script.get("/review/decisions.json").json()[-len(found) :]
    assert {one["claim"] for one in made} == {one["claim"] for one in found}
    # One undo takes all of them back.
    desk.post("/review/undo", decision=answer.headers["Location"].rpartition("done=")[2])
    assert desk.queue(**where) == found


def test_script_decides_by_conditions_with_the_number_it_expects(desk: Desk) -> None:
    where = ["confidence>=0.84", "outlet=Shafaq"]
    found = desk.queue(where=where)
    order = {"verdict": "reject", "where": where, "count": len(found) + 1}
    assert desk.script.post("/review/bulk", json=order).status_code == 409
    told = desk.script.post("/review/bulk", json={**order, "count": len(found)}).json()
    assert len(told["decisions"]) == len(found)
    made = [one["decision"] for one in told["decisions"]]
    desk.script.post("/review/undo", json={"decision": made})
    assert desk.queue(where=where) == found


@pytest.mark.parametrize(
    ("place", "sent", "status", "code"),
    [
        ("/review/bulk", {"verdict": "accept", "count": 1}, 400, "M530"),
        ("/review/bulk", {"verdict": "maybe", "where": ["weight>0"], "count": 1}, 400, "M530"),
        ("/review/bulk", {"verdict": "accept", "where": ["weight>0"]}, 400, "M530"),
        ("/review/bulk", {"verdict": "accept", "where": ["colour=red"], "count": 1}, 400, "M523"),
        ("/review/undo", {}, 400, "M530"),
        ("/review/undo", {"decision": "https://w3id.org/musnad/id/decision/none"}, 404, "M5"),
        ("/review/draft/none/accept", {}, 404, "M5"),
        ("/review/draft/%3Cscript%3E/accept", {}, 404, "M5"),
        ("DRAFT/edit", {"change": []}, 422, "M522"),
        ("DRAFT/edit", {"change": {"colour": {}}}, 422, "M522"),
        ("DRAFT/accept", {"at": "yesterday"}, 400, "M524"),
        ("DRAFT/accept", {"note": 5}, 400, "M530"),
        ("DRAFT/accept", ["a list"], 400, "M530"),
    ],
)
def test_unfit_requests_are_errors_with_a_code_and_a_remedy(
    desk: Desk, place: str, sent: object, status: int, code: str
) -> None:
    draft = desk.queue()[0]
    answer = desk.script.post(place.replace("DRAFT", desk.place(draft)), json=sent)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"].startswith(code)
    assert error["remedy"]
    assert desk.queue()[0] == draft


def test_what_is_no_json_is_told(desk: Desk) -> None:
    place = f"{desk.place(desk.queue()[0])}/accept"
    for content in (b"{", b"\xff", b"[" * 100_000, b'{"at": NaN}'):
        answer = desk.script.post(place, content=content, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "M530")


def test_decision_that_others_rest_on_is_not_undone(desk: Desk) -> None:
    draft = desk.queue()[0]
    place = desk.place(draft)
    first = desk.script.post(f"{place}/accept", json={}).json()["decisions"][0]["decision"]
    second = desk.script.post(f"{place}/reject", json={}).json()["decisions"][0]["decision"]
    answer = desk.script.post("/review/undo", json={"decision": first})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "M521")
    desk.script.post("/review/undo", json={"decision": [first, second]})
    assert desk.queue()[0]["claim"] == draft["claim"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_problems_of_a_draft_name_theirfields_of(desk: Desk, language: str) -> None:
    place = desk.place(desk.queue()[0])
    page = desk.people.get(f"{place}/problems", params={"lang": language})
    assert page.status_code == 200
    told = desk.script.get(f"{place}/problems.json", params={"lang": language}).json()
    for problem in told:
        assert problem["what"] in unescape(page.text)


def test_pages_have_a_strict_policy_and_are_kept_nowhere(desk: Desk) -> None:
    for path in ("/review", desk.place(desk.queue()[0]), "/review/assets/review.js"):
        headers = desk.people.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert desk.people.get("/review").headers["Cache-Control"] == "no-store"


def test_statements_without_claims_are_decided_about_one_by_one(desk: Desk) -> None:
    waiting = desk.script.get("/review/statements.json").json()
    assert len(waiting) >= 2
    places = [f"/review/statement/{one['statement'].rpartition('/')[2]}" for one in waiting]
    told = desk.script.post(f"{places[0]}/accept", json={"note": "he did say so"}).json()
    (made,) = told["decisions"]
    assert (made["verdict"], made["claim"]) == ("accept", waiting[0]["statement"])
    assert desk.script.get("/review/statements.json").json() == waiting[1:]
    assert desk.people.get(places[0]).status_code == 404
    assert desk.script.post(f"{places[0]}/accept", json={}).status_code == 404
    # In the pages: on to the next, and back.
    answer = desk.post(f"{places[1]}/reject?lang=ar")
    assert answer.status_code == 303
    page = desk.people.get(answer.headers["Location"]).text
    assert 'dir="rtl"' in page
    assert waiting[1]["content"]["text"] in unescape(page)
    article = waiting[1]["article"]["iri"].rpartition("/")[2]
    shown = desk.people.get(f"/article/{article}").text
    assert f'id="card-{waiting[1]["id"].rpartition(":")[2]}"' not in shown
    undo = re.findall(r'name="decision" value="(\w+)"', page)[0]
    assert desk.post("/review/undo", decision=undo).headers["Location"].startswith(f"{places[1]}?")
    desk.script.post("/review/undo", json={"decision": made["decision"]})
    assert desk.script.get("/review/statements.json").json() == waiting
