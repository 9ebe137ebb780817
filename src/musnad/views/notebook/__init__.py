"""Notebooks: results shown as people read them, in either direction, and SPARQL in a cell of its own."""

from musnad.views.notebook.joining import join, load
from musnad.views.notebook.showing import Shown, show

__all__ = ["Shown", "join", "load", "show"]
