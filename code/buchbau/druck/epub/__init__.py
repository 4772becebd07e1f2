"""Das Buch als EPUB; gerufen wird `python -m buchbau.druck.epub` (`make epub`)."""
