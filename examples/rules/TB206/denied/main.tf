provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "load_test" {
  ami           = "ami-0abc12345def67890"
  instance_type = "c5.4xlarge"
}
