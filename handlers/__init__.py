"""Everything that touches a platform. Each platform is the same four files: door, listen, render, send."""
