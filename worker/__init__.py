"""The processes without a face: lanes, job handlers, letters and the command line."""
