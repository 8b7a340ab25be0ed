"""Who may see what, and who may do what. Every read of protected tables starts here."""
