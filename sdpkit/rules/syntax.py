"""The text itself: lines, line ends, characters (SYN)."""
