from __future__ import annotations

import pytest

from musnad.meaning.places import PlaceMention, find_places
from musnad.text.folding import fold


def places(text: str) -> list[tuple[str, str]]:
    found = find_places(fold(text))
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
    return [(mention.text, mention.name_en) for mention in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("اتفقت بغداد وواشنطن على ذلك.", [("بغداد", "Baghdad"), ("واشنطن", "Washington")]),
        ("عادوا إلى #سوريا ثم للعراق.", [("سوريا", "Syria"), ("للعراق", "Iraq")]),
        ("دخلوا الأراضي السورية.", [("الأراضي السورية", "Syria")]),
        ("وصلوا إلى ناحية الحرير في أربيل.", [("الحرير", "Harir"), ("أربيل", "Erbil")]),
        ("تبيع المصانع الحرير.", []),
        ("كل بلد له عين وحي.", []),
        ("في قاعدة بلد الجوية.", [("بلد", "Balad")]),
        ("بين حمص وتدمر.", [("حمص", "Homs"), ("تدمر", "Palmyra")]),
        ("قرب مطار التيفور.", [("التيفور", "T4 airbase")]),
        ("قضاء الحويجة بمحافظة كركوك.", [("الحويجة", "Hawija"), ("كركوك", "Kirkuk")]),
        ("تحركوا نحو تل رفعت ومنبج.", [("تل رفعت", "Tel Rifaat"), ("منبج", "Manbij")]),
        ("بلغ المبلغ 3 بليون دولار.", []),
        ("قال إيهود باراك ذلك، وجزءا كبيرا منه.", []),
        ("نقلت وكالة تونس للأنباء عن جامعة بغداد.", []),
        ("تنظيم الدولة الإسلامية في العراق والشام.", []),
        ("قوات سوريا الديمقراطية.", []),
        ("قال محمد الموصلي ذلك.", []),
        ("ساعدتهم قوات سورية مسلحة.", []),
        ("عاد إلى سورية.", [("سورية", "Syria")]),
        ("وقع الهجوم في بلدة الزعفرانة.", [("الزعفرانة", "الزعفرانة")]),
        ("عاد من سلطنة عمان.", [("سلطنة عمان", "Oman")]),
        ("عاد إلى عُمان.", [("عُمان", "Oman")]),
        ("عاد إلى عمّان.", [("عمّان", "Amman")]),
        ("زار الأردن وعاد إلى عمان.", [("الأردن", "Jordan"), ("عمان", "Amman")]),
        ("زار لبنان ووصل طرابلس.", [("لبنان", "Lebanon"), ("طرابلس", "Tripoli, Lebanon")]),
        ("هجوم في طرابلس.", [("طرابلس", "Tripoli")]),
        ("Troops left Mosul for Erbil.", [("Mosul", "Mosul"), ("Erbil", "Erbil")]),
        ("Iraq's Anbar province.", [("Iraq", "Iraq"), ("Anbar", "Anbar")]),
        ("It was hit near the town of Hit.", [("Hit", "Hit")]),
        ("Reading was hit. He is nice.", []),
        ("The Washington Post and USA Today.", []),
        ("The player Michael Jordan met Abu Wahib.", []),
        ("The Islamic State of Iraq and Syria said so.", []),
        ("U.S. officials and the U.S.-led coalition.", []),
        ("BEIRUT (Reuters) - They left.", [("BEIRUT", "Beirut")]),
        ("They met in Fallujah and Falluja.", [("Fallujah", "Falluja"), ("Falluja", "Falluja")]),
        ("They held Ain al-Asad base.", [("Ain al-Asad", "Ain al-Asad")]),
        ("They fled Jiddah.", [("Jiddah", "Jeddah")]),
        ("Deir ez-Zor and Deir al-Zor.", [("Deir ez-Zor", "Deir ez-Zor"), ("Deir al-Zor", "Deir ez-Zor")]),
        ("They want us to go to Turkey.", [("Turkey", "Turkey")]),
    ],
)
def test_places_are_linked_on_evidence(text: str, found: list[tuple[str, str]]) -> None:
    assert places(text) == found


def test_bare_name_of_governorate_and_city_is_the_governorate() -> None:
    bare, city = find_places(fold("وصلوا إلى كركوك، ثم مدينة كركوك"))
    assert (bare.name_en, bare.level) == ("Kirkuk", 1)
    assert (city.name_en, city.level, city.within[-2:]) == ("Kirkuk City", 3, ("Kirkuk", "Iraq"))


def test_place_tells_what_it_lies_in_up_to_the_country() -> None:
    mentions = {mention.name_en: mention.within for mention in find_places(fold("ناحية الحرير والتون كوبري"))}
    assert mentions["Harir"] == ("Erbil", "Kurdistan Region", "Iraq")
    assert mentions["Altun Kupri"] == ("Kirkuk", "Iraq")


def test_weak_name_with_evidence_is_believed_again_where_it_is_no_word() -> None:
    assert [m.rule for m in find_places(fold("في عفرين. وقال إن عفرين سقطت."))] == ["locative", "repeated"]


def test_unknown_name_has_no_identifier() -> None:
    (mention,) = find_places(fold("They fled the town of Mazania."))
    assert mention == PlaceMention("Mazania", 22, 29, "Mazania", "", (), None, "unknown")
