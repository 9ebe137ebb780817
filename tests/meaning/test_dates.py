from __future__ import annotations

import warnings
from datetime import date

import pytest

from musnad.meaning.dates import DateMention, find_dates
from musnad.text.folding import fold

SATURDAY = date(2025, 10, 11)


def dates(text: str, published: date = SATURDAY) -> tuple[DateMention, ...]:
    return find_dates(fold(text), published=published)


def one(text: str, published: date = SATURDAY) -> tuple[str, str]:
    (mention,) = dates(text, published)
    assert text[mention.start : mention.end] == mention.text
    return mention.text, mention.iso


@pytest.mark.parametrize(
    ("text", "words", "iso"),
    [
        ("غادروا يوم السبت.", "يوم السبت", "2025-10-11"),
        ("غادروا مساء الأحد.", "مساء الأحد", "2025-10-05"),
        ("غادروا السبت الماضي.", "السبت الماضي", "2025-10-04"),
        ("يغادرون الثلاثاء المقبل.", "الثلاثاء المقبل", "2025-10-14"),
        ("سيجتمع المجلس الثلاثاء.", "الثلاثاء", "2025-10-14"),
        ("غادروا أمس الجمعة.", "أمس الجمعة", "2025-10-10"),
        ("غادروا أمس الخميس.", "أمس الخميس", "2025-10-09"),
        ("غادروا أول من أمس.", "أول من أمس", "2025-10-09"),
        ("يغادرون غدا.", "غدا", "2025-10-12"),
        ("في شباط/ فبراير الماضي.", "شباط/ فبراير الماضي", "2025-02"),
        ("بحلول أيلول المقبل.", "أيلول المقبل", "2026-09"),
        ("في كانون الأول الماضي.", "كانون الأول الماضي", "2024-12"),
        ("في 15 تشرين الأول الجاري.", "15 تشرين الأول الجاري", "2025-10-15"),
        ("في السابع من شباط/فبراير.", "السابع من شباط/فبراير", "2025-02-07"),
        ("في ٣٠ حزيران (يونيو) ٢٠٠٠.", "٣٠ حزيران (يونيو) ٢٠٠٠", "2000-06-30"),
        ("يوم الخميس 5 أيار/مايو 2022.", "يوم الخميس 5 أيار/مايو 2022", "2022-05-05"),
        ("في غشت 2019.", "غشت 2019", "2019-08"),
        ("في 4 أوت 2019.", "4 أوت 2019", "2019-08-04"),
        ("في جانفي المقبل.", "جانفي المقبل", "2026-01"),
        ("مطلع شباط 2024.", "مطلع شباط 2024", "2024-02"),
        ("نهاية العام الحالي.", "نهاية العام الحالي", "2025"),
        ("الشهر الماضي.", "الشهر الماضي", "2025-09"),
        ("في شباط من العام الماضي.", "شباط من العام الماضي", "2024-02"),
        ("عام 2014.", "عام 2014", "2014"),
        ("منذ 2003 وهو وزير.", "2003", "2003"),
        ("بين 2014-2016 تغير كل شيء.", "2014-2016", "2014/2016"),
        ("صيف 2018.", "صيف 2018", "2018"),
        ("في تسعينيات القرن الماضي.", "تسعينيات القرن الماضي", "199X"),
        ("بتاريخ 11/10/2025.", "11/10/2025", "2025-10-11"),
        ("بتاريخ 2025-10-11.", "2025-10-11", "2025-10-11"),
        ("يوم 3/12 الماضي.", "يوم 3/12 الماضي", "2024-12-03"),
        ("He left on Monday night.", "Monday night", "2025-10-06"),
        ("They will meet on Monday.", "Monday", "2025-10-13"),
        ("It is due next Friday.", "next Friday", "2025-10-17"),
        ("It fell yesterday (Friday).", "yesterday (Friday)", "2025-10-10"),
        ("It fell on Dec. 18 again.", "Dec. 18", "2024-12-18"),
        ("It fell on January 8, 2014.", "January 8, 2014", "2014-01-08"),
        ("It fell on 8 January 2014.", "8 January 2014", "2014-01-08"),
        ("It fell last September.", "last September", "2025-09"),
        ("It fell in May.", "May", "2025-05"),
        ("It fell earlier this year.", "earlier this year", "2025"),
        ("It rose in mid-2014.", "mid-2014", "2014"),
        ("It rose in the 1990s.", "1990s", "199X"),
        ("Filed 2016-02-29 in Rome.", "2016-02-29", "2016-02-29"),
    ],
)
def test_date_is_resolved_at_its_own_granularity(text: str, words: str, iso: str) -> None:
    assert one(text) == (words, iso)


@pytest.mark.parametrize(
    "text",
    [
        "اشترى 2000 جندي خبزا.",
        "صواريخ تموز أصابت الهدف.",
        "مارس الرياضة كل صباح.",
        "قال أب لأولاده ذلك.",
        "بعد صلاة الجمعة خرجوا.",
        "نقلت صحيفة المصري اليوم ذلك.",
        "الأسبوع الماضي وقبل ساعات.",
        "في 31 شباط 2020.",
        "He may march there.",
        "May I march? They may.",
        "Jan Kubis spoke.",
        "It cost 2000 dollars last week, hours later.",
        "At 03:25 an F-2016 flew.",
        "USA Today reported.",
    ],
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert dates(text) == ()


def test_month_without_year_leans_on_the_year_of_its_sentence() -> None:
    mentions = dates("قالت في يونيو 2017 إنها قتلته في نهاية مايو.", date(2018, 7, 4))
    assert [mention.iso for mention in mentions] == ["2017-06", "2017-05"]


def test_month_named_before_keeps_its_year() -> None:
    mentions = dates("تبدأ المحاكمة في نوفمبر المقبل. غادروا قبل الرابع من نوفمبر.", date(2018, 5, 17))
    assert [mention.iso for mention in mentions] == ["2018-11", "2018-11-04"]


def test_next_day_is_counted_from_the_day_named_before() -> None:
    mentions = dates("Shelling began on March 3, 2019. It stopped the next day.")
    assert [(mention.iso, mention.anchor) for mention in mentions][1] == ("2019-03-04", "2019-03-03")


def test_relative_date_tells_its_anchor_and_absolute_date_has_none() -> None:
    relative, absolute = dates("الشهر الماضي، وفي آذار 2020.")
    assert (relative.anchor, absolute.anchor) == ("2025-10-11", None)


def test_part_of_a_month_is_kept_but_narrows_nothing() -> None:
    (mention,) = dates("مطلع شباط 2024")
    assert (mention.part, mention.earliest, mention.latest) == ("early", date(2024, 2, 1), date(2024, 2, 29))


def test_edtf_of_every_mention_is_valid() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # edtf builds its grammar in a way newer pyparsing warns of
        from edtf import parse_edtf
    text = "صيف 2018، تسعينيات القرن الماضي، 5-7 آذار 2020، 2014-2016، أمس، أيلول المقبل، عام 2003"
    mentions = dates(text)
    assert [mention.granularity for mention in mentions] == [
        *("season", "decade", "day", "year", "day", "month", "year")
    ]
    for mention in mentions:
        assert str(parse_edtf(mention.edtf)) == mention.edtf


def test_marks_digits_and_spaces_of_any_kind_do_not_hide_a_date() -> None:
    text = "في \u200fآبَ\u00a0/ أغسـطس\u200f ٢٠٢٤م"
    (mention,) = dates(text)
    assert mention.iso == "2024-08"
    assert text[mention.start : mention.end] == mention.text == "آبَ\u00a0/ أغسـطس\u200f ٢٠٢٤م"


def test_dates_at_the_edge_of_the_calendar_are_left_out() -> None:
    assert dates("tomorrow", date(9999, 12, 31)) == ()
    assert dates("yesterday, last year", date(1, 1, 1)) == ()
