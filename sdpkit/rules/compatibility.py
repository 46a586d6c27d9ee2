"""What stacks lack (CMP)."""
