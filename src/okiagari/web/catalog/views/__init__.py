"""Pages of the catalogue by what they show."""
