"""Views of the case file: they call queries and actions and choose templates."""
