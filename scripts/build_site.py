"""Build the documentation site: `python scripts/build_site.py [--output FOLDER]`.

The pages of docs/, and those that are written here from what they document: commands, Python, vocabulary,
shapes, queries, notebooks. Any warning, any link that leads nowhere and anything that a page would load from
elsewhere is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pages.notebooks import notebook_page
from pages.outside import asked_outside
from pages.python import python_page
from pages.queries import queries_page
from pages.shapes import shapes_page
from pages.vocabulary import vocabulary_page

ROOT = Path(__file__).resolve().parents[1]
_REPOSITORY_PAGES = {"CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def assemble(folder: Path) -> None:
    """Write all pages of the site, as Markdown, into a folder."""
    shutil.copytree(ROOT / "docs", folder, dirs_exist_ok=True)
    for language, ending in (("en", ".md"), ("ar", ".ar.md")):
        write(folder / f"reference/vocabulary{ending}", vocabulary_page(language))
        write(folder / f"reference/shapes{ending}", shapes_page(language))
        write(folder / f"reference/queries{ending}", queries_page(language))
    write(folder / "reference/python.md", python_page())
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        write(folder / f"notebooks/{path.stem}.md", notebook_page(path))
    for name, target in _REPOSITORY_PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8")
        write(folder / target, text)
    for path in folder.rglob("*.md"):
        place = path.relative_to(folder)
        text = path.read_text(encoding="utf-8")
        write(path, _LINK.sub(lambda found, here=place: relink(found, here), text))  # type: ignore[misc]


def relink(found: re.Match[str], here: Path) -> str:
    """Lead a link of the page `here` into the repository to its page of the site, or leave its words."""
    words, target = found.groups()
    if re.match(r"[a-z]+:|#", target):
        return found[0]
    name, _, anchor = target.partition("#")
    at_top = here.name in _REPOSITORY_PAGES.values() and here.parent == Path()
    # Where the link leads in the repository, seen from its top.
    parts = [] if at_top else ["docs", *here.parent.parts]
    for part in Path(name).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    place = "/".join(parts)
    if place in _REPOSITORY_PAGES:
        inside = _REPOSITORY_PAGES[place]
    elif place.startswith("docs/") and place.endswith(".md"):
        inside = place.removeprefix("docs/")
    else:
        return words
    up = "../" * len(here.parent.parts)
    return f"[{words}]({up}{inside}{'#' + anchor if anchor else ''})"


def list_pages(settings: str, folder: Path) -> str:
    """Put the pages of a folder, each with its title, in place of `- FOLDER/*` in the navigation.

    Pages that it names elsewhere, and Arabic ones, are passed over.
    """

    def listed(found: re.Match[str]) -> str:
        indent, name = found.groups()
        lines = []
        for path in sorted((folder / name).glob("*.md")):
            place = path.relative_to(folder).as_posix()
            if f": {place}\n" in settings or path.name.endswith(".ar.md"):
                continue
            title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
            lines.append(f"{indent}- {json.dumps(title, ensure_ascii=False)}: {place}")
        return "\n".join(lines)

    return re.sub(r"^( *)- ([\w.-]+)/\*.*$", listed, settings, flags=re.MULTILINE)


def write(path: Path, text: str) -> None:
    """Write a page, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build(source: Path, output: Path, settings: str) -> str:
    """Build pages into a site; gives what MkDocs says if anything is amiss, a warning included."""
    # Material tells of its successor on every run, in words that look like a warning.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with tempfile.TemporaryDirectory() as temporary:
        config = Path(temporary) / "mkdocs.yml"
        config.write_text(f"{settings}\ndocs_dir: {source}\nsite_dir: {output}\n", encoding="utf-8")
        # Not --quiet: MkDocs does not count the warnings that it does not write.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--config-file", config]
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def lead_home(site: Path) -> None:
    """Make the way to the other language relative: the plugin gives `/ar/` where a page has no twin in it."""
    for path in site.rglob("*.html"):
        up = "../" * (len(path.relative_to(site).parts) - 1)
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'href="/((?:ar/)?index\.html)"', rf'href="{up}\1"', text), encoding="utf-8")


def main() -> int:
    """Build the site; the exit status is 1 if anything is amiss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "site")
    output = parser.parse_args().output.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "docs"
        assemble(source)
        settings = list_pages((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), source)
        amiss = build(source, output, settings)
    if amiss:
        sys.stderr.write(amiss)
        return 1
    lead_home(output)
    outside = asked_outside(output)
    for line in outside:
        sys.stderr.write(f"{line}: is loaded from elsewhere\n")
    return 1 if outside else 0


if __name__ == "__main__":
    sys.exit(main())
