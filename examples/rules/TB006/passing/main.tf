provider "aws" {
  region = "us-east-1"
}

resource "aws_nat_gateway" "main" {
  subnet_id = "subnet-0abc1234"
}
