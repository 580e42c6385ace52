"""What a lead sets for the organisation, and what a setting would have done to the past."""
