provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "encoder" {
  ami           = "ami-0abc12345def67890"
  instance_type = "c5.2xlarge"

  instance_market_options {
    market_type = "spot"
  }

  tags = {
    workload = "batch" # takes up where it was interrupted
  }
}
