"""The desk's window to the network: one controller a file, strict at the edge."""
