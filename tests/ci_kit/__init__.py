"""The CI kit: its files are linted, and their scripts run as GitHub and GitLab run them."""
