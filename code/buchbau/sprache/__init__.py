"""German for the build: translated messages, compounds, word lists."""
