"""Cards and documents: what people see of the evidence, drawn from texts that may be hostile."""
