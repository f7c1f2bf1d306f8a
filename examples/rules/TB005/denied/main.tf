provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "web" {
  ami           = "ami-0abc12345def67890"
  instance_type = "m5.2xlarge"
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_kendra_index" "docs" {
  name     = "docs"
  role_arn = "arn:aws:iam::123456789012:role/kendra"
}
