"""Two worlds play the same scenarios, and are compared access by access."""
