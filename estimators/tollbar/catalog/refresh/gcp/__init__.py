"""Google Cloud's list prices, read from the Cloud Billing Catalog with ``google-cloud-billing`` (extra ``gcp``)."""
