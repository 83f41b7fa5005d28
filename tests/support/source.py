"""The source of Okiagari as syntax trees, for the tests of its architecture. Nothing is imported."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.support.machine import ROOT

SRC = ROOT / "src"
PACKAGE = SRC / "okiagari"


@dataclass(frozen=True)
class Module:
    """One file: its dotted name and what it says."""

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    @cached_property
    def imported(self) -> dict[str, str]:
        """What a name that this module imports stands for: ``{"models": "okiagari.desk.models"}``."""
        names = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    names[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                origin = self._origin(node)
                names |= {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}
        return names

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.parts if self.path.name == "__init__.py" else self.parts[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)

    def meaning(self, node: ast.expr) -> str:
        """The full dotted name of a name or attribute, as far as imports tell; else ``""``."""
        trail: list[str] = []
        while isinstance(node, ast.Attribute):
            trail.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.imported.get(node.id, node.id), *reversed(trail)])

    def where(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def modules(package: Path = PACKAGE) -> list[Module]:
    """Every module but migrations, which are a record and not code that grows."""
    return [
        Module(_name(path, package.parent), path, path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def _name(path: Path, root: Path) -> str:
    parts = list(path.relative_to(root).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def layers() -> list[set[str]]:
    """The rooms from the top down, as the import contract in pyproject.toml names them."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    contract = next(contract for contract in contracts if contract["id"] == "layers")
    return [{room.strip(" ()") for room in layer.split("|")} for layer in contract["layers"]]


def height(room: str) -> int:
    """How far above the ground a room lies; what is not of this house lies below it."""
    rooms = layers()
    return next((len(rooms) - floor for floor, names in enumerate(rooms) if room in names), 0)
