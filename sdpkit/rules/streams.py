"""rid, simulcast, ssrc and msid (RID)."""
