"""The picture that a person names: by its kind, and by what it is to show."""

from __future__ import annotations

from musnad.collection import Collection
from musnad.errors import UnknownPicture
from musnad.views.charts.chain import draw_chain
from musnad.views.charts.matrix import draw_matrix
from musnad.views.charts.network import draw_network
from musnad.views.charts.picture import Picture
from musnad.views.charts.timeline import draw_timeline

PICTURE_KINDS = ("chain", "matrix", "timeline", "network")


def draw_picture(news: Collection, kind: str, subject: str = "", language: str = "en") -> Picture:
    """Draw a picture of one of `PICTURE_KINDS`; `subject` is the claim or the question to show.

    Raises `UnknownPicture` for another kind, and what the `draw_` function of the kind raises.
    """
    match kind:
        case "chain":
            return draw_chain(news.claim(subject).provenance(), language)
        case "timeline":
            return draw_timeline(news, subject, language)
        case "matrix":
            return draw_matrix(news, language)
        case "network":
            return draw_network(news, language)
    raise UnknownPicture(
        f"there are no pictures of the kind “{kind}”", remedy=f"There are: {', '.join(PICTURE_KINDS)}."
    )
