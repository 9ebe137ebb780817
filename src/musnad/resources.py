"""Where the data files are: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2]


def data_folder(name: str) -> Path:
    """Give the folder `ontology`, `shapes` or `queries`.

    A wheel carries them in `musnad/_data` (see `force-include` in pyproject.toml); an editable
    install reads the checkout.
    """
    checkout = _CHECKOUT / name
    if (_CHECKOUT / "pyproject.toml").is_file() and checkout.is_dir():
        return checkout
    return Path(str(files("musnad"))) / "_data" / name
