"""Screens of triage: the Judgement tab, the Products tab (the grid), scores, the criteria."""
