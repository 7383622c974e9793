"""What operators' tools are told: numbers only, of no case and of nobody."""
