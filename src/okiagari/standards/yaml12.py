"""YAML as people mean it: the core schema of YAML 1.2 (section 10.3.2) for true and false.

In: text. Out: plain values. YAML 1.1, which the library reads, takes `on`, `off`, `yes`, `no` for truth
values: a field called "on" and Norway's country code would turn into booleans.
"""

import re
from typing import Any

import yaml


class Loader(yaml.SafeLoader):
    """Safe, and only `true` and `false` are truth values. A date that does not exist stays a text."""

    def timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return self.construct_yaml_str(node)


Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.timestamp)
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def load(text: str) -> Any:
    """The value of one document. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader


def compose(text: str) -> yaml.Node | None:
    """The same document with the line of every part. Raises yaml.YAMLError."""
    return yaml.compose(text, Loader=Loader)
