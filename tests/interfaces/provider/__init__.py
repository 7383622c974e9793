"""Tests of interfaces/provider: a real provider process on loopback."""
