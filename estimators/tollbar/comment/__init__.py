"""Edge: a report posted to the pull or merge request it is about, one file per platform."""
