"""CloudFormation templates: what a stack declares, evaluated here without asking AWS.

=====================  ==========================================================================
``template_file``      a YAML or JSON file, short forms as their long ones, with the line of every key
``values``             what an expression may come to, and what of it is not known
``intrinsics``         the intrinsic functions: Ref, Fn::Sub, Fn::If and the rest
``for_each``           Fn::ForEach, which repeats parts of a template
``parameters``         the values of a template's parameters
``stack``              a template with its parameters: conditions, resources, outputs, nested stacks
``serverless``         AWS::Serverless: what the SAM transform makes of it
``attributes``         from a resource's properties to Terraform's attributes, by the tables in ``types``
``assembly``           ``cdk.out``: the stacks that a CDK application was synthesised to
``application``        the stacks of one input, together
``recognition``        what is a template, or ``cdk.out``
``reader``             all of these behind the interface of an input
=====================  ==========================================================================
"""
