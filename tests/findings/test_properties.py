"""What holds of findings whatever is claimed: order and names do not matter, nothing is unfounded."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from findings.case_records import Case, all_cases, build_records
from findings.finding_rows import map_records, tell_findings
from findings.test_first_article import SEED
from musnad.findings.derivation import derive_findings
from musnad.graph.mapping import map_record
from musnad.graph.oxigraph_store import OxigraphStore
from musnad.graph.vocabulary import load_vocabulary
from musnad.record import Record, load_record
from musnad.terms import PREFIXES

CASES = tuple(all_cases())
SOUND = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

# One derivation takes about a tenth of a second.
few = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])

# --- claims at random, about few things, so that they meet -----------------------------------------

PLACES = ["gao", "ansongo", "gao-region", "kidal", "well-camp", "ridge-post", "agadez", "mali"]
SUBJECTS = ["un-force", "blue-helmets", "chadian-contingent"]
TIMES = ["2024", "2024-05", "2025", "2025-06", "2025-06/..", "../2024"]
QUANTITIES = ["0", "3", "30", "about 32", "fewer than 50", "at least 5", "20 to 40", "dozens", "several"]
UNITS = ["person", "soldier"]
STATUSES = ["security:underWay", "security:completed", "security:suspended"]
AGENTS = ["desert-front", "northern-brigade", "river-movement"]
VALUES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "place": st.one_of(
        st.fixed_dictionaries({"object": st.sampled_from(PLACES), "closed": st.booleans()}),
        st.fixed_dictionaries(
            {
                "members": st.lists(st.sampled_from(PLACES), min_size=2, max_size=3, unique=True),
                "closed": st.booleans(),
            }
        ),
    ),
    "quantity": st.builds(
        lambda amount, unit: {"quantity": f"{amount} {unit}"},
        st.sampled_from(QUANTITIES),
        st.sampled_from(UNITS),
    ),
    "time": st.builds(lambda time: {"time": time}, st.sampled_from(TIMES)),
    "status": st.builds(lambda status: {"object": status}, st.sampled_from(STATUSES)),
    "agent": st.builds(lambda agent: {"object": agent}, st.sampled_from(AGENTS)),
    "truth": st.just({}),
}  # fmt: skip
PREDICATES = {
    "security:isPresentAt": "place",
    "security:keepsBaseAt": "place",
    "security:closesBaseAt": "place",
    "security:withdrawsTo": "place",
    "security:numbers": "quantity",
    "security:killsNumber": "quantity",
    "security:endsWithdrawal": "time",
    "security:withdrawalStandsAt": "status",
    "security:isLedBy": "agent",
    "security:withdrawsCompletely": "truth",
    "security:withdrawsPartly": "truth",
}
UNIT_ASPECTS = {"security:numbers", "security:killsNumber"}


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    predicate = draw(st.sampled_from(sorted(PREDICATES)))
    modality = draw(st.sampled_from(["asserted", "asserted", "planned", "possible", "undetermined"]))
    claim: dict[str, Any] = {
        "source": draw(st.sampled_from(["Army", "Medics", "an official"])),
        "day": draw(st.sampled_from(["2025-03-01", "2025-03-02"])),
        "subject": draw(st.sampled_from(SUBJECTS)),
        "predicate": predicate,
        "modality": modality,
        "polarity": draw(st.sampled_from(["affirmed", "affirmed", "denied"])),
    }
    claim["kind"] = "anonymous" if claim["source"] == "an official" else "organisation"
    if modality == "undetermined":
        claim["polarity"] = "affirmed"
        if predicate in UNIT_ASPECTS:
            claim["unit"] = draw(st.sampled_from(UNITS))
    else:
        claim |= draw(VALUES[PREDICATES[predicate]])
    optional = {
        "tense": st.sampled_from(["past", "present", "future"]),
        "place": st.just("mali"),
        "time": st.sampled_from(TIMES),
        "phase": st.sampled_from([1, 2]),
    }
    for key, values in optional.items():
        if key not in claim and draw(st.integers(0, 2)) == 0:
            claim[key] = draw(values)
    if claim.get("phase") == 2:
        claim["last_phase"] = draw(st.booleans())
    return claim


ALIGNMENTS = {
    "names": {"left": "blue-helmets", "relation": "same", "right": "un-force"},
    "contingent": {"left": "chadian-contingent", "relation": "partOf", "right": "un-force", "place": "mali"},
    "brigade": {"left": "northern-brigade", "relation": "partOf", "right": "desert-front"},
}
random_cases = st.builds(
    lambda said, names: Case(
        "random",
        "",
        {f"c{number}": claim for number, claim in enumerate(said)},
        frozenset(),
        {name: ALIGNMENTS[name] for name in sorted(names)},
    ),
    st.lists(claims(), min_size=2, max_size=8),
    st.sets(st.sampled_from(sorted(ALIGNMENTS)), max_size=2),
)
any_cases = st.one_of(st.sampled_from(CASES), random_cases)


def derive(records: list[Record]) -> list[ox.Quad]:
    return derive_findings(map_records(records))


# --- what does not matter ----------------------------------------------------------------------------


@few
@given(case=any_cases, seed=st.integers())
def test_order_of_quads_does_not_matter(case: Case, seed: int) -> None:
    quads = map_records(build_records(case))
    shuffled = random.Random(seed).sample(quads, len(quads))
    assert derive_findings(shuffled) == derive_findings(quads) == derive_findings([*quads, *quads])


@few
@given(case=any_cases, seed=st.integers())
def test_order_of_articles_and_statements_does_not_matter(case: Case, seed: int) -> None:
    mixer = random.Random(seed)
    records = build_records(case)
    mixed = [
        replace(
            record,
            statements=tuple(mixer.sample(record.statements, len(record.statements))),
            entities=tuple(mixer.sample(record.entities, len(record.entities))),
        )
        for record in mixer.sample(records, len(records))
    ]
    assert derive(mixed) == derive(records)


@few
@given(case=any_cases)
def test_order_in_the_text_does_not_matter(case: Case) -> None:
    """Another order makes other articles; without alignments, which articles hold, all else is the same."""
    plain = replace(case, alignments={})
    turned = replace(plain, claims=dict(reversed(plain.claims.items())))
    assert derive(build_records(turned)) == derive(build_records(plain))


@few
@given(case=any_cases)
def test_local_names_do_not_matter(case: Case) -> None:
    renamed = replace(
        case,
        claims={f"other-{name}": claim for name, claim in case.claims.items()},
        alignments={f"other-{name}": alignment for name, alignment in case.alignments.items()},
    )
    records = build_records(renamed)
    assert derive([rename_entities(record) for record in records]) == derive(build_records(case))


def rename_entities(record: Record) -> Record:
    names = {entity.id: f"e{number}" for number, entity in enumerate(record.entities)}

    def new(name: str | None) -> Any:
        return names.get(name, name) if name else name

    def said(proposition: Any) -> Any:
        return replace(
            proposition,
            **{key: new(getattr(proposition, key)) for key in ("subject", "object", "place", "role")},
            members=tuple(new(member) for member in proposition.members),
            implies=said(proposition.implies) if proposition.implies else None,
        )

    return replace(
        record,
        entities=tuple(
            replace(entity, id=names[entity.id], within=tuple(names[place] for place in entity.within))
            for entity in record.entities
        ),
        statements=tuple(
            replace(
                statement,
                claims=tuple(
                    replace(claim, proposition=said(claim.proposition)) for claim in statement.claims
                ),
            )
            for statement in record.statements
        ),
        alignments=tuple(
            replace(
                alignment, left=new(alignment.left), right=new(alignment.right), place=new(alignment.place)
            )
            for alignment in record.alignments
        ),
    )


@pytest.fixture(scope="module")
def seed_quads() -> list[ox.Quad]:
    return map_record(load_record(SEED))


@few
@given(case=any_cases)
def test_article_about_other_things_changes_nothing(seed_quads: list[ox.Quad], case: Case) -> None:
    quads = map_records(build_records(case))
    together = set(derive_findings([*seed_quads, *quads]))
    assert together == set(derive_findings(seed_quads)) | set(derive_findings(quads))


# --- what is always so -------------------------------------------------------------------------------

UNFOUNDED = {
    "a finding without rule, version, kind or question": """
        ?it a m:Finding . FILTER NOT EXISTS {
          ?it m:rule ?rule ; m:ruleVersion ?version ; m:findingKind ?kind ; m:slot ?slot .
          ?rule a m:Rule ; m:ruleVersion ?version ; m:findingKind ?kind .
          ?slot a m:Slot ; m:aspect ?aspect ; rdf:subject ?subject .
        }""",
    "a finding that compares none, or more than two": """
        { SELECT ?it (COUNT(DISTINCT ?position) AS ?positions)
          WHERE { ?it a m:Finding . OPTIONAL { ?it m:compares ?position . } } GROUP BY ?it }
        FILTER(?positions < 1 || ?positions > 2)""",
    "a position that nobody claims": """
        ?finding m:compares ?it . FILTER NOT EXISTS {
          ?it a m:Position ; m:proposition ?proposition ; m:polarity ?polarity ; m:modality ?modality .
          ?claim a m:Claim ; m:proposition ?proposition ; m:polarity ?polarity ; m:modality ?modality .
        }""",
    "a premise that is nowhere described": """
        ?finding m:premise ?it . FILTER NOT EXISTS {
          ?it a ?class ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
          FILTER(?class IN (m:Premise, m:Alignment))
        }""",
    "a premise that is not so": """
        ?finding m:premise ?it . ?it a m:Premise ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
        FILTER(
          (?p = m:lastPhase && NOT EXISTS { ?s m:lastPhase true . })
          || (?p = geo:sfWithin && NOT EXISTS { ?s geo:sfWithin+ ?o . })
          || (?p NOT IN (m:lastPhase, geo:sfWithin, skos:broader) && NOT EXISTS { ?s ?p ?o . })
          || (?p = skos:broader && NOT EXISTS { ?s skos:broader+ ?o . })
        )""",
    "a conflict of what is only possible or open, or an agreement of it with something else": """
        ?it m:findingKind ?kind ; m:compares ?one, ?other . ?one m:modality ?modality .
        FILTER(?modality IN (m:possible, m:undetermined) && ?one != ?other)
        FILTER(STRSTARTS(?kind, "conflict") || STRSTARTS(?kind, "agreement"))""",
    "something said of what is open but that it is open": """
        ?it m:findingKind ?kind ; m:compares ?one, ?other . ?one m:modality m:undetermined .
        FILTER(?one != ?other)
        FILTER(?kind NOT IN ("tension/undetermined", "non-conflict/partial-knowledge"))""",
    "a conflict of two denials": """
        ?it m:findingKind ?kind ; m:compares ?position . FILTER(STRSTARTS(?kind, "conflict"))
        FILTER NOT EXISTS { ?it m:compares/m:polarity m:affirmed . }""",
    "an agreement of an affirmation and a denial": """
        ?it m:findingKind ?kind ; m:compares ?one, ?other . FILTER(STRSTARTS(?kind, "agreement"))
        ?one m:polarity m:affirmed . ?other m:polarity m:denied .""",
    "two numbers, times or places that agree and conflict": """
        ?it m:findingKind ?kind ; m:compares ?one, ?other .
        ?agreement m:findingKind ?concord ; m:compares ?one, ?other . FILTER(?one != ?other)
        FILTER(?kind IN ("conflict/quantity", "conflict/time", "conflict/place", "conflict/value"))
        FILTER(?concord IN ("agreement", "agreement/refinement", "agreement/restatement"))
        FILTER NOT EXISTS { ?one m:proposition/rdf:predicate sec:withdrawsCompletely . }""",
    "a conflict and a reason why it is none": """
        ?it m:findingKind ?kind ; m:compares ?one, ?other ; m:slot/m:aspect ?aspect .
        FILTER(STRSTARTS(?kind, "conflict"))
        ?reason m:findingKind ?excuse ; m:compares ?one, ?other ; m:slot/m:aspect ?aspect .
        FILTER(?one != ?other && STRSTARTS(?excuse, "non-conflict"))""",
    "a finding within one source that two hold": """
        ?it m:withinSource true ; m:compares ?one, ?other .
        ?claim m:proposition ?p ; m:polarity ?a ; m:modality ?b ; prov:wasAttributedTo ?source .
        ?one m:proposition ?p ; m:polarity ?a ; m:modality ?b .
        ?rival m:proposition ?q ; m:polarity ?c ; m:modality ?d ; prov:wasAttributedTo ?second .
        ?other m:proposition ?q ; m:polarity ?c ; m:modality ?d .
        FILTER(?source != ?second)""",
    "an agreement of one source, or a restatement of two": """
        ?it a m:Finding ; m:findingKind ?kind .
        FILTER(
          (?kind IN ("agreement", "agreement/refinement") && EXISTS { ?it m:withinSource true . })
          || (?kind = "agreement/restatement" && NOT EXISTS { ?it m:withinSource true . })
        )""",
}  # fmt: skip


def unfounded(articles: list[ox.Quad]) -> list[str]:
    """Name what is wrong with the findings among article graphs."""
    with OxigraphStore() as store:
        store.extend(articles)
        store.extend(derive_findings(articles))
        store.extend(load_vocabulary().quads)
        return [what for what, where in UNFOUNDED.items() if store.ask(f"{SOUND}ASK {{ {where} }}")]


def test_findings_of_the_first_article_are_founded(seed_quads: list[ox.Quad]) -> None:
    assert unfounded(seed_quads) == []


def test_findings_of_the_cases_are_founded() -> None:
    wrong = {case.name: unfounded(map_records(build_records(case))) for case in CASES}
    assert {name: what for name, what in wrong.items() if what} == {}


@settings(parent=few, max_examples=60)
@given(case=random_cases)
def test_findings_are_founded(case: Case) -> None:
    quads = map_records(build_records(case))
    assert unfounded(quads) == [], tell_findings(quads, derive_findings(quads))


@few
@given(case=random_cases, data=st.data())
def test_revoked_alignment_takes_its_findings_with_it(case: Case, data: st.DataObject) -> None:
    """What lists no alignment stays; what is left lists none that is revoked."""
    records = build_records(case)
    names = [alignment.id for record in records for alignment in record.alignments]
    if not names:
        return
    revoked = data.draw(st.sampled_from(names))
    kept = [
        replace(record, alignments=tuple(one for one in record.alignments if one.id != revoked))
        for record in records
    ]
    before = tell_findings(map_records(records), derive(records))
    after = tell_findings(map_records(kept), derive(kept))
    assert {finding for finding in before if not (finding.premises or set()) & set(names)} <= after
    assert not any(revoked in (finding.premises or ()) for finding in after)
