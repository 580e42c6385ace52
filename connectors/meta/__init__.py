"""Facebook Pages and Instagram accounts: two connectors over the Graph API."""
