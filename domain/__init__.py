"""What the rules are: pure decisions over facts; no clock, no I/O, no random ids."""
