"""How all pictures look: one sheet measured in inches, mirrored for Arabic, kinds told by shape as well."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from musnad.errors import MissingExtra
from musnad.text.language import script_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Align = Literal["start", "center", "end"]

INK, FAINT, PAPER = "#1f2933", "#6b7785", "#ffffff"
AGREEMENT, CONFLICT, TENSION, RELAY = "#1b7f4b", "#b3261e", "#8a5a00", "#54657a"
SIGNS = {"agreement": "✓", "conflict": "✗", "tension": "~"}
COLOURS = {"agreement": AGREEMENT, "conflict": CONFLICT, "tension": TENSION}
MARKERS = {
    "namedPerson": "o",
    "office": "s",
    "organisation": "D",
    "collective": "h",
    "anonymous": "X",
    "outlet": "^",
}
"""The shape that stands for each kind of source."""
UNNAMED_MARKER = "x"

_RIGHT_TO_LEFT_MARK, _LEFT_TO_RIGHT_MARK = "\u200f", "\u200e"
# Controls draw nothing or turn the rest of a line round; the direction of a line is set below.
_UNDRAWN = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+")
_LETTER = 0.6  # the width of a letter of DejaVu Sans, as a part of its size, on average and on the safe side
_LINE = 1.4  # from line to line, as a part of the size


@contextmanager
def house_style() -> Iterator[None]:
    """Draw with matplotlib's own defaults and ours, whatever a person's matplotlibrc says.

    Raises `MissingExtra` where matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "pictures are drawn with matplotlib, which is not installed",
            remedy="Install it with `pip install 'musnad[plot]'`.",
        ) from error
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                # It comes with matplotlib and has Arabic, so the same bytes come out on every machine.
                "font.family": "DejaVu Sans",
                "svg.fonttype": "path",
                "svg.hashsalt": "musnad",
                "text.parse_math": False,
                "hatch.linewidth": 0.4,
            }
        )
        yield


def clean(text: str, longest: int = 300) -> str:
    """Give text on one line, without controls, cut to `longest` characters."""
    line = " ".join(_UNDRAWN.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def isolated(text: str) -> str:
    """Give text that is read from the left whatever is around it, such as a date after an Arabic word."""
    return f"\u2066{text}\u2069"


def wrap(text: str, width: float, size: float, longest: int = 300) -> list[str]:
    """Break text into lines of at most `width` inches in letters of `size` points."""
    letters = max(8, int(width * 72 / (size * _LETTER)))
    return textwrap.wrap(clean(text, longest), letters, break_on_hyphens=False) or [""]


def height_of(lines: Sequence[str], size: float) -> float:
    """Give the inches that lines of `size` points take."""
    return len(lines) * size * _LINE / 72


class Sheet:
    """A sheet to draw on; x runs from the reader's start (right in Arabic), y from the top, in inches."""

    def __init__(self, width: float, height: float, language: str) -> None:
        from matplotlib.figure import Figure

        self.width, self.height, self.language = width, height, language
        self.mirrored = language == "ar"
        self.figure: Figure = Figure(figsize=(width, height), facecolor=PAPER)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)
        self.axes.axis("off")

    def at(self, x: float) -> float:
        """Give where on the sheet a distance from the reader's start is."""
        return self.width - x if self.mirrored else x

    def text(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        size: float = 10,
        *,
        align: Align = "start",
        ours: bool = False,
        **look: Any,
    ) -> float:
        """Write lines with their top at `y`, each in the direction of the whole; gives the y beneath them.

        What we word ourselves (`ours`) has the sheet's direction, whatever names are in it.
        """
        language = self.language if ours else script_of(" ".join(lines))
        mark = _RIGHT_TO_LEFT_MARK if language == "ar" else _LEFT_TO_RIGHT_MARK
        sides = {"start": ("left", "right"), "center": ("center", "center"), "end": ("right", "left")}
        step = size * _LINE / 72
        settings: dict[str, Any] = {"color": INK, "zorder": 5}
        for number, line in enumerate(lines):
            self.axes.text(
                self.at(x),
                y + (number + 0.5) * step,
                mark + line,
                ha=sides[align][self.mirrored],
                va="center",
                fontsize=size,
                **(settings | look),
            )
        return y + len(lines) * step

    def box(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """Draw a box whose start and top are at `x`, `y`."""
        from matplotlib.patches import FancyBboxPatch

        left = self.at(x + width) if self.mirrored else x
        settings: dict[str, Any] = {"facecolor": PAPER, "edgecolor": INK, "linewidth": 1.2, "zorder": 2}
        rounding = look.pop("rounding", 0.0)
        style = f"round,pad=0,rounding_size={rounding}" if rounding else "square,pad=0"
        self.axes.add_patch(FancyBboxPatch((left, y), width, height, boxstyle=style, **settings | look))

    def line(self, start: tuple[float, float], end: tuple[float, float], **look: Any) -> None:
        """Draw a straight line between two places."""
        settings: dict[str, Any] = {"color": FAINT, "linewidth": 1, "zorder": 1}
        xs, ys = [self.at(start[0]), self.at(end[0])], [start[1], end[1]]
        self.axes.plot(xs, ys, **settings | look)

    def arrow(
        self, start: tuple[float, float], end: tuple[float, float], *, bend: float = 0.0, **look: Any
    ) -> None:
        """Draw an arrow, bent by `bend` of its length; `arrowstyle="-"` has no head."""
        from matplotlib.patches import FancyArrowPatch

        settings: dict[str, Any] = {
            "arrowstyle": "-|>", "mutation_scale": 12, "color": INK, "linewidth": 1.2, "zorder": 1,
            "shrinkA": 0, "shrinkB": 0,
        }  # fmt: skip
        places = ((self.at(start[0]), start[1]), (self.at(end[0]), end[1]))
        bent = f"arc3,rad={bend if self.mirrored else -bend}"
        self.axes.add_patch(FancyArrowPatch(*places, connectionstyle=bent, **settings | look))

    def mark(self, x: float, y: float, kind: str | None, **look: Any) -> None:
        """Put the shape of a kind of source at a place."""
        settings: dict[str, Any] = {
            "marker": MARKERS.get(kind or "", UNNAMED_MARKER), "markersize": 10, "color": INK, "zorder": 4,
            "linestyle": "none",
        }  # fmt: skip
        self.axes.plot([self.at(x)], [y], **settings | look)
