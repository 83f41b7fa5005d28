"""Screens of the catalogue: products, firmware lines, and one page for each deed."""
