provider "aws" {
  region = "sa-east-1"
}

resource "aws_instance" "api" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.large"
}
