"""What each command does, a module for each kind of work."""
