"""Benches: what the contract promises in figures, measured."""
