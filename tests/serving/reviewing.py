"""A review server as people and scripts meet it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx


@dataclass
class Desk:
    """A review server, a browser's client that has signed in, and a script's."""

    address: str
    once: str
    token: str
    people: httpx.Client
    script: httpx.Client

    def queue(self, **given: Any) -> list[dict[str, Any]]:
        """Give the queue as JSON."""
        found: list[dict[str, Any]] = self.script.get("/review/queue.json", params=given).json()
        return found

    def place(self, draft: dict[str, Any]) -> str:
        """Give the address of a draft."""
        return f"/review/draft/{draft['claim'].rpartition('/')[2]}"

    def post(self, place: str, /, **fields: str) -> httpx.Response:
        """Send a form as a page of the server does."""
        return self.people.post(place, data={"from": "page", **fields}, headers={"Origin": self.address})

    def ask(self, query: str) -> list[dict[str, Any]]:
        """Ask the endpoint."""
        answer = self.script.get(
            "/sparql",
            params={"query": f"PREFIX m: <https://w3id.org/musnad#> {query}"},
            headers={"Accept": "*/*"},
        )
        rows: list[dict[str, Any]] = answer.json()["results"]["bindings"]
        return rows


def fields_of(page: str) -> dict[str, str]:
    """Give what a browser would send of the form on a page, by the names of its fields."""
    form = page[page.index('id="edit-form"') :] if 'id="edit-form"' in page else page
    form = form[: form.index("</form>")] if "edit-form" in page else form
    fields = {}
    for tag, name in re.findall(r'(<(?:input|textarea|select)\b[^>]*?\bname="(\w+)"[^>]*>)', form):
        if tag.startswith("<input"):
            value = re.search(r'\bvalue="([^"]*)"', tag)
            fields[name] = unescape(value[1]) if value else ""
        else:
            rest = form[form.index(tag) + len(tag) :]
            if tag.startswith("<textarea"):
                fields[name] = unescape(rest[: rest.index("</textarea>")]).removeprefix("\n")
            else:
                chosen = re.search(r'<option value="([^"]*)" selected>', rest[: rest.index("</select>")])
                first = re.search(r'<option value="([^"]*)"', rest)
                found = chosen or first
                fields[name] = unescape(found[1]) if found else ""
    return fields
