"""Terraform's language: its syntax, and what a module declares when it is evaluated.

syntax      the nodes
parser      text -> nodes (json_syntax: the same from ``*.tf.json``)
values      values, unknown ones among them, and how they convert
evaluation  node + scope -> value
functions/  Terraform's built-in functions
constraint  the types of variables
module      a directory -> its blocks
instance    a module with its arguments -> its resource instances
"""
