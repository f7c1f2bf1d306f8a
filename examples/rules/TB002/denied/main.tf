provider "aws" {
  region = "us-east-1"
}

resource "aws_kendra_index" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::123456789012:role/kendra"
}
