"""What two descriptions mean together (RFC 3264, RFC 8829 §5): offers with their answers, and what changes."""
