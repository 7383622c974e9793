"""The API over a real socket, on a real database."""
