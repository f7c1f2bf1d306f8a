"""Google Cloud, one file per service family."""
