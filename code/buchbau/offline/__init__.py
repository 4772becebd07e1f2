"""Die Kopie des Buchs für Rechner ohne Netz: `make offline` (siehe `__main__`)."""
