"""The rooms where the world touches us."""
