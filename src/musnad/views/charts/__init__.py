"""Pictures of a collection: one claim's chain, the sources' matrix and network, a question's timeline."""

from musnad.views.charts.chain import draw_chain
from musnad.views.charts.choosing import PICTURE_KINDS, draw_picture
from musnad.views.charts.matrix import draw_matrix
from musnad.views.charts.network import draw_network
from musnad.views.charts.picture import PICTURE_FORMS, Picture, picture_form
from musnad.views.charts.timeline import draw_timeline

__all__ = [
    "PICTURE_FORMS",
    "PICTURE_KINDS",
    "Picture",
    "draw_chain",
    "draw_matrix",
    "draw_network",
    "draw_picture",
    "draw_timeline",
    "picture_form",
]
