"""What clients send: one struct a command, by stage of life."""
