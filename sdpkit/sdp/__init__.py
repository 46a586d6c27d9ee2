"""SDP: lines, typed values, descriptions."""
