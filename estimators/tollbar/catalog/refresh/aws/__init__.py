"""AWS list prices, read with boto3 (the extra ``aws``): ``source.py`` is the door."""
