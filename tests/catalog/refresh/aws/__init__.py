"""Tests of the AWS price source: a Price List on loopback, and the facts of real price lists."""
