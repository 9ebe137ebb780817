"""What a built page would ask of elsewhere when somebody opens it: nothing, and how that is checked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

# Attributes that make a browser load something; `a href` waits for a click.
_LOADING = {
    ("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src"),
    ("video", "src"), ("audio", "src"), ("embed", "src"), ("object", "data"), ("input", "src"),
    ("image", "href"), ("use", "href"),
}  # fmt: skip
_LOADING_LINKS = {
    "stylesheet",
    "preload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "icon",
    "manifest",
    "modulepreload",
}
_OUTSIDE = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)
_IN_STYLES = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            loads = (tag, name) in _LOADING
            loads |= (
                tag == "link" and name == "href" and bool(_LOADING_LINKS & set(given.get("rel", "").split()))
            )
            if loads and _OUTSIDE.match(value):
                self.found.append(f"<{tag} {name}={value}>")
            if name == "style":
                self.found += _IN_STYLES.findall(value)


def asked_outside(site: Path) -> list[str]:
    """List what pages and style sheets of a built site would load from elsewhere."""
    found = []
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            reader = _Reader()
            reader.feed(text)
            asked = reader.found + [
                u for s in re.findall(r"<style[^>]*>(.*?)</style>", text, re.S) for u in _IN_STYLES.findall(s)
            ]
        elif path.suffix == ".css":
            asked = _IN_STYLES.findall(path.read_text(encoding="utf-8"))
        else:
            continue
        found += [f"{path.relative_to(site)}: {what}" for what in asked]
    return found
