"""What holds for the repository as a whole: errors, dependencies, layers of engines, links, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import musnad.errors
from musnad.errors import MusnadError

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "src").rglob("*.py"))
MODULE_LINES = 450
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("crates", "io"),
        ("conda", "anaconda", "org"),
        ("proxy", "golang", "org"),
        ("repo1", "maven", "org"),
    )
]


def repository_files() -> list[Path]:
    """List the files that are, or are about to be, in the repository; in an unpacked sdist, all of them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not path.relative_to(ROOT).parts[0].startswith(".venv")]
    return sorted(path for path in paths if path.is_file())


def error_classes() -> list[type[MusnadError]]:
    classes = [value for value in vars(musnad.errors).values() if isinstance(value, type)]
    return [class_ for class_ in classes if issubclass(class_, MusnadError)]


def test_every_error_has_a_heading_and_every_heading_an_error() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (M\d{3}) (\w+)$", text, re.MULTILINE)
    assert headings == sorted((class_.code, class_.__name__) for class_ in error_classes())
    assert [code for code, count in Counter(code for code, _ in headings).items() if count > 1] == []


def test_every_error_section_says_what_to_do() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [section.splitlines()[0] for section in sections if "**What to do:**" not in section] == []


def test_errors_are_defined_in_one_package() -> None:
    names = {class_.__name__ for class_ in error_classes()}
    elsewhere = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in MODULES
        if path.parent.name != "errors"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id in names for base in node.bases)
    ]
    assert elsewhere == []


def test_every_dependency_has_its_reason_and_every_reason_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    required = {
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(requirement for extra in extras for requirement in extra if not requirement.startswith("musnad[")),
    }
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \| (\d{4}-\d{2}-\d{2}) \|$", text, re.MULTILINE)
    assert sorted(requirement for requirement, _, _ in rows) == sorted(required | debian_packages())
    assert len(re.findall(r"^\| `", text, re.MULTILINE)) == len(rows)


def debian_packages() -> set[str]:
    lines = (ROOT / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def test_every_system_mark_names_a_program_of_a_listed_package() -> None:
    lines = (ROOT / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    programs = {line.split()[1] for line in lines if line.strip() and not line.startswith("#")}
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert set(re.findall(r"mark\.system\(\"(\w+)\"\)", tests)) <= programs


def test_no_file_names_a_registry_host() -> None:
    named = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in repository_files()
        for host in REGISTRY_HOSTS
        if host.encode() in path.read_bytes()
    ]
    assert named == []


@pytest.mark.parametrize("folder", ["src", "tests"])
def test_no_module_is_too_long(folder: str) -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in repository_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == folder
    }
    assert {path: length for path, length in lengths.items() if length > MODULE_LINES} == {}


def imported_names(path: Path) -> set[str]:
    """Give what a module imports, as `module` and `module.name`, and what it reads off those modules."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    aliases: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            aliases |= {alias.asname or alias.name: alias.name for alias in node.names}
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            names.add(f"{aliases[node.value.id]}.{node.attr}")
    return names


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        # literals.py asks the engine how it writes a value, and stores nothing.
        ("pyoxigraph.Store", {"graph/oxigraph_store.py", "graph/literals.py"}),
        ("SPARQLWrapper", {"graph/endpoint_store.py"}),
    ],
)
def test_only_the_stores_know_an_engine(name: str, allowed: set[str]) -> None:
    package = ROOT / "src" / "musnad"
    users = {
        path.relative_to(package).as_posix()
        for path in MODULES
        if any(found == name or found.startswith(f"{name}.") for found in imported_names(path))
    }
    assert users == allowed


def markdown_files() -> list[Path]:
    return [path for path in repository_files() if path.suffix == ".md"]


def test_links_in_the_documentation_lead_somewhere() -> None:
    broken = []
    for path in markdown_files():
        text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for link in re.findall(r"\]\(([^)\s]+)\)", text):
            target, _, anchor = link.partition("#")
            if target.startswith(("http://", "https://", "mailto:")):
                continue
            page = (path.parent / target).resolve() if target else path
            if page.parent in (ROOT / "docs" / "reference", ROOT / "docs" / "notebooks"):
                continue  # written when the site is built, which fails on a link that leads nowhere
            if not page.exists() or (anchor and page.suffix == ".md" and anchor not in anchors(page)):
                broken.append(f"{path.relative_to(ROOT)}: {link}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_golden_files_belong_to_a_test_module() -> None:
    golden = ROOT / "tests" / "golden"
    stems = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    files = [path for path in golden.rglob("*") if path.is_file()]
    assert [str(path) for path in files if path.relative_to(golden).parts[0] not in stems] == []
