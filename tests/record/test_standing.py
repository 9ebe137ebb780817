"""Where a source stands towards what was said before: it did so, it cannot confirm it."""

from __future__ import annotations

from musnad.record.drafting import draft_record
from musnad.text.article import Details, make_article


def stands(text: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Give for each statement its source and the polarity and modality of what it claims to happen."""
    record = draft_record(make_article(text, Details(date="2025-10-11", outlet="Alpha")))
    return [
        (
            one.source.canonical,
            one.cue.text if one.cue else "",
            [
                (claim.polarity, claim.modality)
                for claim in one.claims
                if claim.proposition.predicate == "general:happens"
            ],
        )
        for one in record.statements
        if one.cue
    ]


def test_did_so_goes_back_to_what_was_denied() -> None:
    found = stands("Sudan denied that it attacked the World Bank's network. Mali said it did so.")
    assert [source for source, _, _ in found] == ["Sudan", "Mali"]


def test_did_so_affirms_what_the_statement_before_denies() -> None:
    text = "Sudan denied it conducted cyber attacks against Mali. Chad said it did so."
    (denied, so) = stands(text)
    assert denied[2] == [("denied", "asserted")]
    assert so[2] == [("affirmed", "asserted")]


def test_did_so_further_on_is_said_of_others() -> None:
    text = "Sudan denied it conducted cyber attacks against Mali. Chad said nobody knew whether it did so."
    assert stands(text)[1][2] == []


def test_who_has_nothing_to_confirm_a_report_leaves_it_open() -> None:
    text = (
        "A local source said Salim Haddad was wounded on Friday.\n"
        "A spokesman for the army said he had seen the reports but had nothing to confirm this.\n"
        "Police officials said they also could not confirm the report."
    )
    said, seen, unsure = stands(text)
    assert said[2] == [("affirmed", "asserted")]
    assert seen[2] == unsure[2] == [("affirmed", "undetermined")]
