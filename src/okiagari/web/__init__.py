"""The people's door: server-rendered pages, one folder per stage. Views call queries and actions only."""
