"""A finished picture: SVG or PNG with the same bytes each time, and in words for those who do not see it."""

from __future__ import annotations

import warnings
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musnad.errors import UnknownPicture
from musnad.views.charts.style import house_style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PICTURE_FORMS = ("svg", "png")
_PNG_DOTS = 150  # to an inch: sharp on a page of A4, about 1,300 pixels across
# What is in a file beside the picture: neither the day it was made nor the version of what made it.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "musnad", "Format": None, "Type": None},
    "png": {"Software": None},
}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picture:
    """What one of the `draw_` functions gives: `title`, the same in words, and the drawing itself.

    A notebook shows the SVG as an image, which is all that JupyterLab lets through of a notebook it does not
    trust; `description` stands in for it as text.
    """

    title: str
    description: str
    language: str
    figure: Figure

    def to_bytes(self, form: str) -> bytes:
        """Give the picture as a file's bytes: `svg` (letters drawn as outlines, no font needed) or `png`."""
        picture_form(None, form)
        data = BytesIO()
        metadata = dict(_METADATA[form])
        if form == "svg":
            metadata["Title"] = self.title
        with house_style(), warnings.catch_warnings():
            # A sign that the font lacks is drawn as an empty box, as everywhere; no reason to stop.
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
            self.figure.savefig(data, format=form, dpi=_PNG_DOTS, metadata=metadata)
        return data.getvalue()

    def save(self, path: Path | str, form: str | None = None) -> Path:
        """Write the picture to `path`; its ending tells the form unless `form` does.

        Raises `UnknownPicture` where neither does.
        """
        path = Path(path)
        path.write_bytes(self.to_bytes(picture_form(path, form)))
        return path

    def __repr__(self) -> str:
        return f"{self.title}\n\n{self.description}".rstrip("\n")

    def _repr_html_(self) -> str:
        """Give the picture as an image for a notebook, with its words as alternative text."""
        image = b64encode(self.to_bytes("svg")).decode("ascii")
        direction = "rtl" if self.language == "ar" else "ltr"
        return (
            f'<div dir="{direction}" lang="{self.language}">'
            f'<img src="data:image/svg+xml;base64,{image}" alt="{escape(repr(self))}"'
            ' style="max-width: 100%"></div>'
        )


def picture_form(path: Path | None, form: str | None = None) -> str:
    """Give the form that is asked for, or that the ending of `path` names; SVG where neither is told.

    Raises `UnknownPicture`.
    """
    asked = form or (path.suffix.lower().removeprefix(".") if path else PICTURE_FORMS[0])
    if asked not in PICTURE_FORMS:
        raise UnknownPicture(
            f"there are no pictures of the form “{asked}”",
            where=str(path or ""),
            remedy="Name the file .svg or .png, or say which of them is meant.",
        )
    return asked
