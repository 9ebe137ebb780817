"""The way into a running notebook: what results are shown as, and the magics."""

from __future__ import annotations

import sys
from typing import Any

from musnad.views.notebook.showing import SHOWN_TYPES, shown_of


def load(shell: Any) -> None:
    """Do what `%load_ext musnad` asks: rich results, and `%%sparql`."""
    from musnad.views.notebook.magics import register_magics

    _register_displays(shell)
    register_magics(shell)


def join() -> None:
    """Show results richly in the IPython session that this runs in, if it runs in one."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        _register_displays(shell)


def _register_displays(shell: Any) -> None:
    formatters = shell.display_formatter.formatters
    for kind in SHOWN_TYPES:
        formatters["text/html"].for_type(kind, _html)
        if kind not in (list, tuple):
            formatters["text/plain"].for_type(kind, _plain)


def _html(thing: object) -> str | None:
    """Give HTML, or None for lists and tuples of other things, which IPython then shows as ever."""
    shown = shown_of(thing)
    return None if shown is None else shown.html


def _plain(thing: object, printer: Any, cycle: bool) -> None:
    del cycle
    printer.text(repr(shown_of(thing)))
