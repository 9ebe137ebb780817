from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import count_calls
from musnad.text.folding import fold
from musnad.text.segments import Paragraph, segment
from musnad.text.tokens import Token, tokenize


def cut(raw: str) -> tuple[tuple[Token, ...], tuple[Paragraph, ...]]:
    folded = fold(raw)
    tokens = tokenize(folded)
    return tokens, segment(folded, tokens)


def sentences(raw: str) -> list[str]:
    tokens, paragraphs = cut(raw)
    text = fold(raw).text
    return [text[tokens[s.start].start : tokens[s.end - 1].end] for p in paragraphs for s in p.sentences]


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("", 0),
        ("خرج الوفد. وعاد الوفد.", 2),
        ("قال «لا. لن أذهب». ثم جلس.", 2),
        ("قال د. سالم إن الباب مغلق.", 1),
        ("قالت بي.بي.سي إن الباب مغلق. ثم صمتت.", 2),
        ("Gen. Hill said no. He left.", 2),
        ("The U.S. Army moved. It stopped.", 2),
        ("It came from the U.S. The army moved.", 2),
        ('"No. Never," he said. "We stay."', 2),
        ("At 5.30 p.m. he left.", 1),
    ],
)
def test_segment_counts_sentences(raw: str, count: int) -> None:
    assert len(sentences(raw)) == count, sentences(raw)


@pytest.mark.parametrize(
    ("raw", "quoted"),
    [
        ("قال «نعم» ثم «لا».", ["نعم", "لا"]),
        ("قال “نعم” ثم ”لا“.", ["نعم", "لا"]),
        ("قال »نعم« ثم »لا«.", ["نعم", "لا"]),
        ('قال " نعم " ثم " لا ".', ["نعم", "لا"]),
        ('قال: "لا نعلم.', ["لا نعلم."]),
        ('قال «إن "الباب" مغلق» ثم خرج.', ['ان "الباب" مغلق']),
        ("He said 'no way' and left the workers' hall.", ["no way"]),
        ("the workers' hall and the drivers' room", []),
    ],
)
def test_segment_pairs_quotation_marks(raw: str, quoted: list[str]) -> None:
    tokens, paragraphs = cut(raw)
    text = fold(raw).text
    found = [
        text[
            tokens[q.open].end : tokens[min(q.close, len(tokens)) - (not q.closed)].start + (not q.closed)
        ].strip()
        for p in paragraphs
        for q in p.quotations
    ]
    assert found == quoted


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    tokens, paragraphs = cut("قال «لن نذهب.\nوخرج الوفد «مسرعا».")
    assert [(q.closed, q.close) for q in paragraphs[0].quotations] == [(False, paragraphs[0].end)]
    assert [q.closed for q in paragraphs[1].quotations] == [True]
    assert len(tokens) == paragraphs[1].end


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        ("بيروت (و ن) - قال الوزير نعم.", "قال"),
        ("عدن، اليمن (NWS) -- قال الوزير نعم.", "قال"),
        ("صنعاء 3 - 4 (و ن) - قال الوزير نعم.", "قال"),
        ("لبنان / كهرباء - قال الوزير نعم.", "قال"),
        ("ADEN (Newswire) - The minister said yes.", "the"),
        ("BEIRUT The minister said yes.", "the"),
        ("NATO said yes.", "nato"),
        ("قال الوزير - وهو طبيب - نعم.", "قال"),
        ("The road - long closed - is open.", "the"),
    ],
)
def test_a_dateline_is_left_out_of_the_body(raw: str, first: str) -> None:
    tokens, paragraphs = cut(raw)
    assert tokens[paragraphs[0].body].text == first


def test_a_date_line_is_a_paragraph_without_sentences() -> None:
    _, paragraphs = cut(" date 2024-02-03 وكالة النور- صنعاء\n\nقال الوزير نعم.")
    assert [len(p.sentences) for p in paragraphs] == [0, 1]


@given(st.text(alphabet="قال \n.،؛:«»\"'“”()-؟abc2U.S", max_size=200))
def test_sentences_and_clauses_cover_the_body_in_order(raw: str) -> None:
    _, paragraphs = cut(raw)
    for paragraph in paragraphs:
        at = paragraph.body
        for sentence in paragraph.sentences:
            assert sentence.start == at < sentence.end
            at = sentence.end
            edge = sentence.start
            for start, end in sentence.clauses:
                assert edge <= start < end <= sentence.end
                edge = end
        assert at == paragraph.end
        for quotation in paragraph.quotations:
            assert paragraph.body <= quotation.open < quotation.close <= paragraph.end


@pytest.mark.parametrize(
    "unit", ['"', "«", '"a ', "«ا» ", "ا. ", "' ", "A. ", "- ", "(", "\n", "قال: ", "ا، "]
)
def test_segment_takes_a_long_run_of_anything_in_linear_steps(unit: str) -> None:
    short, long = (fold(unit * (size // len(unit))) for size in (4_000, 32_000))
    first, second = tokenize(short), tokenize(long)
    assert count_calls(lambda: segment(long, second)) <= 9 * count_calls(lambda: segment(short, first)) + 500
