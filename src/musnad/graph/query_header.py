"""The header of a query file: YAML in `#+ ` comments; every key is known, every mistake has its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from musnad.errors import InvalidParameter, InvalidQueryFile
from musnad.graph.parameters import PARAMETER_TYPES, Parameter, ParameterTerm, Wording, read_term
from musnad.graph.sparql import query_form

_MARK: Final = "#+"
_KEYS: Final = ("summary", "description", "answers", "params", "returns", "tags", "problem", "remedy")
_PARAMETER_KEYS: Final = ("type", "description", "required", "default")


@dataclass(frozen=True, slots=True)
class Header:
    """What a query file says of itself.

    Attributes:
        answers: the competency questions it answers, by their ids in ontology/questions.md.
        returns: the columns of a SELECT, in order; empty for the other forms.
        problem: what a row of a check query means, and `remedy` what to do about it; None elsewhere.
    """

    summary: Wording
    description: Wording | None = None
    answers: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    returns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    problem: Wording | None = None
    remedy: Wording | None = None


def read_header(
    path: Path, *, placeholders: Callable[[str], list[str | None]], headerless: bool = False
) -> tuple[str, Header | None]:
    """Read a query file and give its text and its header; None for no header where that is allowed.

    Raises:
        InvalidQueryFile: the file cannot be read, or the header breaks the rules.
    """
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise _invalid(path, 0, f"the file cannot be read: {error}") from error
    lines = text.split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(_MARK)), len(lines))
    if count == 0:
        if headerless:
            return text, None
        raise _invalid(
            path, 1, "the file does not begin with a header", "Begin it with lines of `#+ ` and YAML."
        )
    source = "\n".join(line.removeprefix(_MARK).removeprefix(" ") for line in lines[:count])
    reader = _Reader(path)
    header = reader.header(reader.parse(source), path.parent.name, query_form(text))
    _check_placeholders(path, header, placeholders(text))
    return text, header


def _check_placeholders(path: Path, header: Header, placed: list[str | None]) -> None:
    declared = [parameter.name for parameter in header.params]
    for name in placed:
        if name is not None and name not in declared:
            raise _invalid(
                path, 0, f"the placeholder line names “{name}”, which is no parameter of the header"
            )
    for name in declared:
        if None not in placed and name not in placed:
            raise _invalid(
                path,
                0,
                f"the parameter “{name}” is bound nowhere",
                "Put the line `# {params}` where it is used.",
            )
    if None in placed and not declared:
        raise _invalid(path, 0, "there is a line `# {params}`, and no parameter in the header")


def _invalid(path: Path, line: int, what: str, remedy: str = "") -> InvalidQueryFile:
    return InvalidQueryFile(
        what,
        where=f"{path}:{line}" if line else str(path),
        remedy=remedy or "CONTRIBUTING.md describes the header under “Add a query”.",
    )


class _Reader:
    """Reads the YAML of one file node by node, so that every mistake has its line."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def parse(self, source: str) -> Mapping[str, Node]:
        try:
            node = yaml.compose(source, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise _invalid(
                self.path, line, f"the header is not YAML: {error.problem or error.context}"
            ) from error
        except yaml.YAMLError as error:
            raise _invalid(self.path, 1, f"the header is not YAML: {error}") from error
        if node is None:
            raise _invalid(self.path, 1, "the header is empty")
        return self.mapping(node, "the header", _KEYS)

    def header(self, nodes: Mapping[str, Node], folder: str, form: str | None) -> Header:
        is_check = folder == "check"
        needed = [
            "summary",
            *(["returns"] if form == "SELECT" else []),
            *(["problem", "remedy"] if is_check else []),
        ]
        for key in needed:
            if key not in nodes:
                raise _invalid(self.path, 1, f"the header lacks “{key}”")
        if form != "SELECT" and "returns" in nodes:
            raise self.wrong(
                nodes["returns"], f"“returns” is for SELECT, and the query is {form or 'of no form'}"
            )
        for key in ("problem", "remedy"):
            if key in nodes and not is_check:
                raise self.wrong(nodes[key], f"“{key}” is for the queries in check/")
        return Header(
            summary=self.wording(nodes["summary"], "summary"),
            description=self.optional_wording(nodes, "description"),
            answers=self.strings(nodes.get("answers"), "answers"),
            params=self.parameters(nodes.get("params")),
            returns=self.strings(nodes.get("returns"), "returns"),
            tags=self.strings(nodes.get("tags"), "tags"),
            problem=self.optional_wording(nodes, "problem"),
            remedy=self.optional_wording(nodes, "remedy"),
        )

    def parameters(self, node: Node | None) -> tuple[Parameter, ...]:
        if node is None:
            return ()
        return tuple(self.parameter(name, value) for name, value in self.mapping(node, "params").items())

    def parameter(self, name: str, node: Node) -> Parameter:
        what = f"the parameter “{name}”"
        if not (name.isascii() and name.isidentifier()):
            raise self.wrong(node, f"{what} is no name for a variable", "Use letters, digits and _.")
        keys = self.mapping(node, what, _PARAMETER_KEYS)
        for key in ("type", "description"):
            if key not in keys:
                raise self.wrong(node, f"{what} lacks “{key}”")
        type_ = self.string(keys["type"], "type")
        if type_ not in PARAMETER_TYPES:
            raise self.wrong(
                keys["type"],
                f"“{type_}” is no type of parameter",
                f"Choose from: {', '.join(PARAMETER_TYPES)}.",
            )
        required = self.truth(keys["required"]) if "required" in keys else False
        default = self.default(keys["default"], type_, what) if "default" in keys else None
        if required and default is not None:
            raise self.wrong(keys["default"], f"{what} is required and has a default", "Keep one of the two.")
        return Parameter(name, type_, self.wording(keys["description"], "description"), required, default)

    def default(self, node: Node, type_: str, what: str) -> ParameterTerm:
        try:
            return read_term(self.string(node, "default"), type_)
        except InvalidParameter as error:
            raise self.wrong(node, f"the default of {what}: {error.what}", error.remedy) from error

    def mapping(self, node: Node, what: str, known: tuple[str, ...] | None = None) -> dict[str, Node]:
        if not isinstance(node, MappingNode):
            raise self.wrong(node, f"{what} is not a list of keys and values")
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self.string(key, "a key")
            if known is not None and name not in known:
                raise self.wrong(key, f"{what} has no key “{name}”", f"Choose from: {', '.join(known)}.")
            if name in found:
                raise self.wrong(key, f"{what} has the key “{name}” twice")
            found[name] = value
        return found

    def optional_wording(self, nodes: Mapping[str, Node], key: str) -> Wording | None:
        return self.wording(nodes[key], key) if key in nodes else None

    def wording(self, node: Node, what: str) -> Wording:
        texts = self.mapping(node, f"“{what}”", ("en", "ar"))
        for tag in ("en", "ar"):
            if tag not in texts:
                raise self.wrong(node, f"“{what}” lacks “{tag}”", "Say it in English and in Arabic.")
        return Wording(self.string(texts["en"], f"{what}, en"), self.string(texts["ar"], f"{what}, ar"))

    def strings(self, node: Node | None, what: str) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            raise self.wrong(node, f"“{what}” is not a list", "Write it in brackets, as in [a, b].")
        found = tuple(self.string(item, what) for item in node.value)
        if len(set(found)) < len(found):
            raise self.wrong(node, f"“{what}” names something twice")
        return found

    def string(self, node: Node, what: str) -> str:
        if not isinstance(node, ScalarNode) or not node.value.strip():
            raise self.wrong(node, f"“{what}” is not a text")
        return str(node.value).strip()

    def truth(self, node: Node) -> bool:
        if not isinstance(node, ScalarNode) or node.value not in ("true", "false"):
            raise self.wrong(node, "“required” is neither true nor false")
        return bool(node.value == "true")

    def wrong(self, node: Node, what: str, remedy: str = "") -> InvalidQueryFile:
        # The header's first line is the file's, so YAML's lines are too.
        return _invalid(self.path, node.start_mark.line + 1, what, remedy)
