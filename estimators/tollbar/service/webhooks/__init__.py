"""Systems that ask by a protocol of their own: Terraform's run tasks, Kubernetes' admission."""
