"""What people look at: tables folded from the register, safe to drop and rebuild."""
