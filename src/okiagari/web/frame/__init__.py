"""The frame of the screens: base templates, the parts pages are made of, and charts.

In: frozen values (`values`, `charts`) that views fill from queries. Out: HTML and SVG.
It never asks a stage anything and never decides who may see what.
"""
