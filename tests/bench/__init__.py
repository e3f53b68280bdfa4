"""How fast, how small, how soon: measured on loopback, in one run, against a bare server and a bare Bolt."""
