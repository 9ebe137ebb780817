"""What sources say, in English and in Arabic sentences."""

from musnad.graph.wording.reading import Wording
from musnad.graph.wording.sentences import join_names, say_amount, say_claim, say_proposition
from musnad.graph.wording.times import say_time
from musnad.graph.wording.values import Amount, Language, Moment, Name, Said

__all__ = [
    "Amount",
    "Language",
    "Moment",
    "Name",
    "Said",
    "Wording",
    "join_names",
    "say_amount",
    "say_claim",
    "say_proposition",
    "say_time",
]
