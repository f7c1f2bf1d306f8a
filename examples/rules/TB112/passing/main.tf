provider "aws" {
  region = "us-east-1"
}

resource "aws_eip" "nat" {
  count  = 1
  domain = "vpc"
}

resource "aws_nat_gateway" "private" {
  count         = 1
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = "subnet-public-${count.index}"
}
