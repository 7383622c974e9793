"""Load data: whole lives of cases, decided on paper and copied into the register."""
