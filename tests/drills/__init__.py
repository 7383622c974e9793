"""Drills: each module here is one, named as `drill NAME` calls it."""
