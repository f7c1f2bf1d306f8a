provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "training" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "g5.12xlarge"
}
