"""One sentence a construction: who is read as saying what, and what is not read as a statement at all."""

from __future__ import annotations

import pytest

from musnad.speech import read_statements

SPOKEN = [
    # Arabic: order of verb, source, adjuncts
    (
        "من جهته قال المتحدث باسم الجيش العميد يحيى النجار في بيان إن القوات عادت.",
        [("المتحدث باسم الجيش العميد يحيى النجار", "قال", "القوات عادت")],
    ),
    ("وكانت وزارة الري قد قالت في وقت سابق إن السد سليم.", [("وزارة الري", "قالت", "السد سليم")]),
    ("أما الناطق باسم المعارضة فقال إن الهدنة انتهكت.", [("الناطق باسم المعارضة", "فقال", "الهدنة انتهكت")]),
    ('وقال لي ضابط في الحرس: "نحن في حاجة إلى الماء".', [("ضابط في الحرس", "وقال", "نحن في حاجة إلى الماء")]),
    ("قالت سي إن إن إن السفينة غرقت.", [("سي إن إن", "قالت", "السفينة غرقت")]),
    ("وقال مسؤول رفض الكشف عن اسمه إن المحادثات توقفت.", [("مسؤول", "وقال", "المحادثات توقفت")]),
    (
        "وفي حين قال الجيش إنه قتل مسلحين، ذكر الأهالي أن القتلى مدنيون.",
        [("الجيش", "قال", "قتل مسلحين"), ("الأهالي", "ذكر", "القتلى مدنيون")],
    ),
    ("ولفت المصدر النظر إلى أن التحقيق مستمر.", [("المصدر", "ولفت", "التحقيق مستمر")]),
    ("وقال علاوي: إن النفقات تضاعفت.", [("علاوي", "وقال", "النفقات تضاعفت")]),
    (
        "وكان مصدر حكومي، كشف لنور نيوز، في وقت سابق، أن الاتفاق جاهز.",
        [("مصدر حكومي", "كشف", "الاتفاق جاهز")],
    ),
    # Arabic: participles and verbal nouns take the sentence's speaker
    (
        "ورحب الوزير بالقرار مشيرا في حديث إلى أن الموازنة جاهزة.",
        [("الوزير", "ورحب", "القرار"), ("الوزير", "مشيرا", "الموازنة جاهزة")],
    ),
    ("وخرج المتظاهرون إلى الشوارع مطالبين بإسقاط الحكومة.", [("المتظاهرون", "مطالبين", "إسقاط الحكومة")]),
    ("وجاء القرار بعد دعوة الأمم المتحدة إلى وقف القصف.", [("الأمم المتحدة", "دعوة", "وقف القصف")]),
    ("وجدد الوزير دعوته إلى ضبط النفس.", [("الوزير", "دعوته", "ضبط النفس")]),
    ('ونقل التلفزيون الرسمي عن وزير الخارجية قوله: "لن نوقع".', [("وزير الخارجية", "قوله", "لن نوقع")]),
    # Arabic: nouns as content
    (
        "أعرب الأمين العام للأمم المتحدة أنطونيو دياز عن قلقه من الجفاف.",
        [("الأمين العام للأمم المتحدة أنطونيو دياز", "أعرب", "قلقه من الجفاف")],
    ),
    (
        "ونفى مصدر عسكري لوكالة النور الأنباء التي تحدثت عن سقوط طائرة.",
        [("مصدر عسكري", "ونفى", "الأنباء التي تحدثت عن سقوط طائرة")],
    ),
    (
        "اتهم الجيش حزب الفجر باستخدام المدنيين دروعا.",
        [("الجيش", "اتهم", "حزب الفجر باستخدام المدنيين دروعا")],
    ),
    (
        "واتهم المتحدث باسم الشرطة، العقيد سامر الحلو، المحتجين بإشعال الحريق.",
        [("المتحدث باسم الشرطة، العقيد سامر الحلو", "واتهم", "المحتجين بإشعال الحريق")],
    ),
    ('ووصف الرئيس الفرنسي الهجوم بأنه "جريمة حرب".', [("الرئيس الفرنسي", "ووصف", 'الهجوم بأنه "جريمة حرب"')]),
    ("ودعا الوزير جميع الأطراف إلى ضبط النفس.", [("الوزير", "ودعا", "ضبط النفس")]),
    # Arabic: attributions without a verb
    (
        "وبحسب مسؤول أمني رفيع فإن المهاجم كان يحمل سلاحا.",
        [("مسؤول أمني رفيع", "وبحسب", "المهاجم كان يحمل سلاحا")],
    ),
    (
        "بلغ عدد الجرحى تسعة، وفق ما أعلنت وزارة الصحة.",
        [("وزارة الصحة", "وفق ما أعلنت", "بلغ عدد الجرحى تسعة")],
    ),
    ('وجاء في بيان للوزارة: "لن نغلق المستشفى".', [("بيان للوزارة", "وجاء", "لن نغلق المستشفى")]),
    # English
    (
        "Iran's foreign minister, Abbas Karimi, said in Basra on Tuesday that talks would resume.",
        [("Iran's foreign minister, Abbas Karimi", "said", "talks would resume")],
    ),
    (
        '"This is unacceptable," the spokesman told a news conference.',
        [("the spokesman", "told", "This is unacceptable")],
    ),
    (
        '"I saw the fire," said one resident who asked not to be named.',
        [("one resident who asked not to be named", "said", "I saw the fire")],
    ),
    (
        "Sources close to the talks said a deal was near.",
        [("Sources close to the talks", "said", "a deal was near")],
    ),
    (
        "The minister was quoted as saying the vote would go ahead.",
        [("The minister", "saying", "the vote would go ahead")],
    ),
    (
        "State agency Noor quoted a military source as saying the attack was repelled.",
        [("a military source", "saying", "the attack was repelled")],
    ),
    (
        "The army said it had killed 12 men, while the rebels said they had seized the town.",
        [("The army", "said", "it had killed 12 men"), ("the rebels", "said", "they had seized the town")],
    ),
    (
        "The WHO estimates that 2 million people need help.",
        [("The WHO", "estimates", "2 million people need help")],
    ),
    (
        'The ministry rejected the claims, calling them "baseless".',
        [("The ministry", "rejected", "the claims"), ("The ministry", "calling", 'them "baseless"')],
    ),
    (
        "A senior official said on condition of anonymity that the strike had failed.",
        [("A senior official", "said", "the strike had failed")],
    ),
    (
        "Rebels fighting under the banner of the Free Front say the town is empty.",
        [("Rebels fighting under the banner of the Free Front", "say", "the town is empty")],
    ),
]

NOT_SPOKEN = [
    "وشدد الحراس الإجراءات حول المبنى.",
    "وزاد الإنتاج خلال الشهر الماضي.",
    "ونقلت المعدات إلى الميناء.",
    "تعتبر المدينة من أقدم مدن المنطقة.",
    "رد الجيش على مصادر النيران.",
    "وعلقت الشركة رحلاتها.",
    "وكتب الطلاب واجباتهم.",
    "وكشفت الأمطار عن عيوب في الطريق.",
    "ووعد الأب ابنه بهدية.",
    "وذكر اسمه في القائمة.",
    "ويذكر أن المدينة شهدت هجمات مماثلة.",
    "يجدر بالذكر أن المدينة شهدت هجمات مماثلة.",
    "من المتوقع أن تنخفض الحرارة غدا.",
    "وبعد أن غادر الوفد، أغلقت القاعة أبوابها.",
    "قرر المجلس أن تعقد الجلسة يوم الأحد.",
    "يمكن أن يقول البعض إن هذا خطأ.",
    "وسارت الأمور وفق الخطة المتفق عليها بين الطرفين.",
    "وبرأت المحكمة 92 متهما وأدانت أربعة.",
    "The company added a new line to its plant.",
    "He was said to be in the capital.",
    "No group immediately claimed responsibility.",
    "It was not clear whether anyone was hurt.",
    "Witnesses described scenes of panic.",
    "The reported death shocked the town.",
    "The state of the road is poor.",
    "She found the keys in the car.",
]


@pytest.mark.parametrize(
    ("text", "expected"), SPOKEN, ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_construction_is_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    read = [
        (s.source.mention.text if s.source.mention else "", s.cue.text, s.content.text)
        for s in read_statements(text)
        if s.cue is not None
    ]
    assert read == expected


@pytest.mark.parametrize("text", NOT_SPOKEN, ids=lambda value: value[:40])
def test_what_nobody_says_is_no_statement_with_a_cue(text: str) -> None:
    assert [s.content.text for s in read_statements(text) if s.cue is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        "قال حزب البيئة والعدالة (البيئي) إن الباب مغلق. وقال الوزير إنه مفتوح. وأكد البيئي أن الوقت حان.",
        "The Sea Safety Union (SSU) said ships were late. The minister denied it. SSU warned of delays.",
    ],
)
def test_short_name_in_brackets_is_the_same_speaker(text: str) -> None:
    first, between, last = (statement.source.canonical for statement in read_statements(text))
    assert first == last != between
    assert "(" not in first
