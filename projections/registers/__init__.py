"""The office's books as they are kept on paper, read from views (buku register)."""
