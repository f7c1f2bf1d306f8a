"""Calls of language models in Python, found by what names stand for and not by how methods are called.

syntax: a module's functions, classes and names. values: what an expression may stand for. evaluation: from one to the
other. shapes: the calls of the libraries. callers: who calls a function. multiplicity: how often. reader: all together.
"""
