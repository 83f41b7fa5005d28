"""The desks that talk to people: what to say, how often it was asked, what is new; and letter templates."""
