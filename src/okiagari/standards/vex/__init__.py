"""VEX: what is known of each product and each vulnerability, in two formats of others.

In: the frozen values of `model`. Out: OpenVEX 0.2.0 (`openvex`) or CycloneDX 1.6 and 1.7
(`cyclonedx`), and what each could not carry. Nothing here reads files, asks the network or knows what a
case is.
"""

from . import cyclonedx, openvex
from .model import Built, Document, Product, ScoreOf, Statement, Status, Vulnerability

__all__ = [
    "Built",
    "Document",
    "Product",
    "ScoreOf",
    "Statement",
    "Status",
    "Vulnerability",
    "cyclonedx",
    "openvex",
]
