provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "web" {
  count         = 3
  ami           = "ami-0abc12345def67890"
  instance_type = "m5.xlarge"
}
