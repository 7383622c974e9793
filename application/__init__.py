"""How a command is carried out: read, decide, record; people and office data."""
