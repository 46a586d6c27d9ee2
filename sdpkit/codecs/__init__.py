"""Codecs: a payload type with everything that is said of it, and format parameters, a module a codec family."""
