"""What the launcher runs from a checkout: test, bench, drill."""
