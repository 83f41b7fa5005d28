"""Views of the advisories: list, editor, previews, deeds. They call queries and actions."""
