"""What pages read: plain SELECTs that start from what the actor may see, returned as values."""
