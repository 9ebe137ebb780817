"""What made-up news is about: places, parties and events, the questions at stake, and the answers given.

Everything is drawn from the generator that is passed in, so that a story depends on its number alone. Names
are spelled by number from syllables, in English and in Arabic, so that no two things share one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

__all__ = ["Amount", "Answer", "Question", "Thing", "World", "ask_questions", "hot_answer", "hot_question"]

FIRST_DAY = date(2023, 1, 1)
CONTESTED = 0.2  # the share of questions on which sources contradict one another
COUNTRIES, REGIONS, TOWNS = 20, 10, 10
_SYLLABLES = {
    "en": ("ba", "do", "fi", "ga", "hu", "ka", "lo", "mi", "na", "po", "ri", "sa", "te", "vo", "wa", "zu"),
    "ar": ("با", "دو", "في", "غا", "هو", "كا", "لو", "مي", "نا", "بو", "ري", "سا", "تي", "فو", "وا", "زو"),
}
_NOUNS = {
    "force": ("Force", "قوة"), "group": ("Front", "جبهة"), "activity": ("Mission", "بعثة"),
    "agreement": ("Accord", "اتفاق"), "event": ("Attack of", "هجوم"), "person": ("", ""),
    "country": ("", ""), "region": ("Region", "إقليم"), "town": ("", ""), "facility": ("Camp", "معسكر"),
    "entity": ("Grant", "منحة"),
}  # fmt: skip
_STATUSES = ("notStarted", "underWay", "suspended", "completed", "proposed", "rejected", "ended")


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of the world: its type and name are its identity, as in a record."""

    type: str
    en: str
    ar: str
    within: tuple[Thing, ...] = ()
    level: int | None = None
    day: str | None = None

    def called(self, language: str) -> str:
        """Give its name in `language`."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as put: the words before it, its kind, its bounds and the policy that made them."""

    kind: str
    value: int | None
    unit: str
    lower: int | None
    upper: int | None
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said to a question: a value of some kind and how it is held."""

    things: tuple[Thing | str, ...] = ()
    closed: bool = False
    amount: Amount | None = None
    time: str | None = None
    tense: str | None = None
    polarity: str = "affirmed"
    modality: str = "asserted"


@dataclass(frozen=True, slots=True)
class Question:
    """A slot: what is asked of which subject in which scope, and the answers in use."""

    predicate: str
    subject: Thing
    answers: tuple[Answer, ...]
    place: Thing | None = None
    phase: int | None = None
    unit: str | None = None
    weights: tuple[float, ...] = field(default=())


def spell(number: int, language: str) -> str:
    """Spell a number in syllables.

    >>> spell(0, "en"), spell(300, "en")
    ('baba', 'dofiwa')
    """
    digits = [number % 16]
    while number := number // 16:
        digits.append(number % 16)
    digits += [0] * (2 - len(digits))
    return "".join(_SYLLABLES[language][digit] for digit in reversed(digits))


def named(kind: str, number: int, type_: str | None = None, **more: object) -> Thing:
    """Make the thing of a kind that has this number."""
    en, ar = _NOUNS[kind]
    name = spell(number, "en").capitalize()
    return Thing(
        type_ or kind,
        f"{name} {en}".strip(),
        f"{ar} {spell(number, 'ar')}".strip(),
        **more,  # type: ignore[arg-type]
    )


class World:
    """The places that all stories share: countries, their regions, and the towns in these."""

    def __init__(self) -> None:
        self.countries = [named("country", n, "place", level=0) for n in range(COUNTRIES)]
        self.regions = [
            [named("region", c * REGIONS + n, "place", within=(country,), level=1) for n in range(REGIONS)]
            for c, country in enumerate(self.countries)
        ]
        self.towns = [
            [
                named("town", 4096 + (c * REGIONS + r) * TOWNS + n, "place", within=(region,), level=3)
                for r, region in enumerate(regions)
                for n in range(TOWNS)
            ]
            for c, regions in enumerate(self.regions)
        ]

    def towns_of(self, country: int, rng: Random, count: int) -> list[Thing]:
        """Draw towns of one country."""
        return rng.sample(self.towns[country], count)


def exact(value: int, unit: str) -> Amount:
    return Amount("exact", value, unit, value, value)


def about(value: int, unit: str) -> Amount:
    return Amount("approx", value, unit, value * 9 // 10, value * 11 // 10, "tenPercent")


def fewer(value: int, unit: str) -> Amount:
    return Amount("max", value, unit, 0, value - 1, "wholeNumbers")


def more(value: int, unit: str) -> Amount:
    return Amount("min", value, unit, value + 1, None, "wholeNumbers")


def dozens(unit: str) -> Amount:
    return Amount("vague", None, unit, 20, 99, "dozens")


def hot_question(number: int, values: int) -> Question:
    """Give the question of the hour: how many a well-known force numbers, with so many figures about."""
    rng = Random(f"hot {number}")
    answers = [Answer(amount=exact(2000 + 25 * n, "soldier")) for n in range(max(1, values - 3))]
    answers += [
        Answer(amount=about(2400, "soldier")),
        Answer(amount=fewer(5000, "soldier")),
        Answer(amount=exact(2500, "soldier"), modality="planned"),
    ]
    rng.shuffle(answers)
    weights = tuple(1 / rank for rank in range(1, len(answers) + 1))
    return Question("security:numbers", named("force", number), tuple(answers), weights=weights)


def hot_answer(question: Question, rng: Random) -> Answer:
    """Draw one of the figures about, the first ones more often."""
    return rng.choices(question.answers, question.weights)[0]


def ask_questions(number: int, rng: Random, world: World, count: int) -> list[Question]:
    """Draw the questions of a story: each a slot of its own, with true, finer and rival answers."""
    cast = _Cast(number, rng, world)
    kinds = rng.sample(_KINDS, min(count, len(_KINDS)))
    return [_vary(kind(cast), rng) for kind in kinds]


class _Cast:
    """The parties, places and days of one story."""

    def __init__(self, number: int, rng: Random, world: World) -> None:
        base = 65536 + number * 8
        country = rng.randrange(COUNTRIES)
        self.rng = rng
        self.country = world.countries[country]
        self.towns = world.towns_of(country, rng, 4)
        self.abroad = world.towns[(country + 1 + rng.randrange(COUNTRIES - 1)) % COUNTRIES][rng.randrange(50)]
        self.day = FIRST_DAY + timedelta(days=rng.randrange(1000))
        self.force = named("force", base)
        # What leaves is mostly another force than the one that stays, or every story would contradict itself.
        self.leaving = named("force", base + (rng.random() < 0.7))
        self.mission = named("activity", base)
        self.accord = named("agreement", base)
        self.camp = named("facility", base, within=(self.towns[0],))
        self.parties = [named("group", base + n) for n in range(4)]
        self.weapons = [named("entity", base + n) for n in range(3)]
        self.event = named("event", base, within=(self.towns[1],), day=str(self.day))
        self.big = rng.choice((200, 500, 1200, 2000, 5000)) + rng.randrange(100)
        self.few = rng.randrange(3, 60)

    def days(self, *, ahead: int = 400) -> tuple[str, str]:
        """Give a month ahead and another one, half a year later."""
        first = self.day + timedelta(days=30 + self.rng.randrange(ahead))
        return f"{first:%Y-%m}", f"{first + timedelta(days=190):%Y-%m}"


def _vary(question: Question, rng: Random) -> Question:
    """Keep the rival answer where the question is contested, else hold the true one in several ways."""
    true, finer, rival = question.answers
    if rng.random() < CONTESTED:
        denial = replace(true, polarity="denied")
        return replace(question, answers=(true, true, finer, denial if rng.random() < 0.2 else rival))
    held = [true] * 6 + [finer] * 2
    if rng.random() < 0.3:
        held.append(replace(true, modality=rng.choice(("planned", "possible"))))
    elif rng.random() < 0.15:
        unit = true.amount.unit if true.amount else None
        question = replace(question, unit=unit)
        held.append(Answer(modality="undetermined", tense=true.tense))
    return replace(question, answers=tuple(held))


def _presence(cast: _Cast) -> Question:
    town, other = cast.towns[0], cast.towns[2]
    answers = (Answer((town,), closed=True), Answer((town.within[0],)), Answer((other,)))
    return Question("security:isPresentAt", cast.force, answers, place=cast.country)


def _bases(cast: _Cast) -> Question:
    one, other = cast.towns[0], cast.towns[3]
    answers = (Answer((one, other)), Answer((one,)), Answer((cast.towns[2], cast.abroad), closed=True))
    return Question("security:keepsBaseAt", cast.force, answers)


def _destination(cast: _Cast) -> Question:
    town = cast.towns[1]
    answers = (Answer((town,)), Answer((town.within[0],), tense="future"), Answer((cast.abroad,)))
    return Question("security:withdrawsTo", cast.leaving, answers, phase=cast.rng.choice((None, 1, 2)))


def _origin(cast: _Cast) -> Question:
    answers = (Answer((cast.camp,)), Answer((cast.towns[0],)), Answer((cast.towns[2],), closed=True))
    return Question("security:withdrawsFrom", cast.leaving, answers, phase=1)


def _numbers(cast: _Cast) -> Question:
    n = cast.big
    answers = (
        Answer(amount=about(n, "person")),
        Answer(amount=exact(n, "person")),
        Answer(amount=fewer(n // 3, "person")),
    )
    return Question("security:numbers", cast.force, answers, place=cast.country)


def _advisers(cast: _Cast) -> Question:
    n = cast.few
    answers = (
        Answer(amount=exact(n, "adviser")),
        Answer(amount=more(n - 1, "adviser")),
        Answer(amount=dozens("adviser") if n > 99 or n < 20 else exact(n * 3, "adviser")),
    )
    return Question("security:numbers", cast.force, answers, place=cast.country)


def _killed(cast: _Cast) -> Question:
    n = cast.few
    answers = (
        Answer(amount=exact(n, "person")),
        Answer(amount=more(n - 2, "person")),
        Answer(amount=exact(n + 4, "person")),
    )
    return Question("security:killsNumber", cast.event, answers)


def _wounded(cast: _Cast) -> Question:
    n = cast.few * 2
    answers = (
        Answer(amount=exact(n, "civilian")),
        Answer(amount=about(n, "civilian")),
        Answer(amount=exact(n * 2, "civilian")),
    )
    return Question("security:woundsNumber", cast.event, answers)


def _attacker(cast: _Cast) -> Question:
    one, other, third, _ = cast.parties
    answers = (Answer((one,)), Answer((one,)), Answer((other,) if cast.rng.random() < 0.7 else (third,)))
    return Question("security:isCarriedOutBy", cast.event, answers)


def _event_place(cast: _Cast) -> Question:
    town = cast.towns[1]
    answers = (Answer((town,)), Answer((town.within[0],)), Answer((cast.towns[2],)))
    return Question("general:happensIn", cast.event, answers)


def _withdrawal_end(cast: _Cast) -> Question:
    month, later = cast.days()
    answers = (Answer(time=month), Answer(time=month[:4]), Answer(time=later))
    return Question("security:endsWithdrawal", cast.leaving, answers, place=cast.country)


def _mission_end(cast: _Cast) -> Question:
    month, later = cast.days()
    answers = (Answer(time=month), Answer(time=f"{month}-15"), Answer(time=later))
    return Question("security:endsMission", cast.mission, answers)


def _signing(cast: _Cast) -> Question:
    day = str(cast.day)
    answers = (Answer(time=day), Answer(time=day[:7]), Answer(time=str(cast.day + timedelta(days=40))))
    return Question("security:isSignedOn", cast.accord, answers)


def _status(cast: _Cast) -> Question:
    one, other = cast.rng.sample(_STATUSES, 2)
    answers = (
        Answer((f"security:{one}",)),
        Answer((f"security:{one}",), tense="present"),
        Answer((f"security:{other}",)),
    )
    return Question("security:agreementStandsAt", cast.accord, answers)


def _parties(cast: _Cast) -> Question:
    one, other, third, fourth = cast.parties
    answers = (Answer((one, other)), Answer((one,)), Answer((third, fourth), closed=True))
    return Question("security:isAgreedBy", cast.accord, answers)


def _extent(cast: _Cast) -> Question:
    month, _ = cast.days()
    answers = (Answer(), Answer(time=month), Answer(polarity="denied"))
    return Question("security:withdrawsCompletely", cast.leaving, answers, place=cast.country)


def _continues(cast: _Cast) -> Question:
    answers = (Answer(), Answer(tense="future"), Answer(polarity="denied"))
    return Question("security:missionContinues", cast.mission, answers)


def _timetable(cast: _Cast) -> Question:
    answers = (Answer(), Answer(tense="present"), Answer(polarity="denied"))
    return Question("security:followsTimetable", cast.leaving, answers)


def _implication(cast: _Cast) -> Question:
    # What is implied is that the mission ends; records.py writes it out.
    answers = (Answer(), Answer(), Answer(polarity="denied"))
    return Question("general:implies", cast.mission, answers)


def _led(cast: _Cast) -> Question:
    one, other, third, _ = cast.parties
    answers = (
        Answer((one,)),
        Answer((one,), tense="present"),
        Answer((third,) if cast.few % 2 else (other,)),
    )
    return Question("security:isLedBy", cast.mission, answers)


def _weapon(cast: _Cast) -> Question:
    one, other, third = cast.weapons
    answers = (Answer((one,)), Answer((one, other)), Answer((third,), closed=True))
    return Question("security:isCarriedOutWith", cast.event, answers)


_KINDS: tuple[Callable[[_Cast], Question], ...] = (
    _presence, _bases, _destination, _origin, _numbers, _advisers, _killed, _wounded, _attacker, _event_place,
    _withdrawal_end, _mission_end, _signing, _status, _parties, _extent, _continues, _timetable, _implication,
    _led, _weapon,
)  # fmt: skip
