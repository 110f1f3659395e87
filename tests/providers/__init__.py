"""Stand-ins for the providers: small servers that speak their exact wire formats."""
