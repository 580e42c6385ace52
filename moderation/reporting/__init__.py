"""What leaves the queue as values: alerts to people and the weekly summary."""
