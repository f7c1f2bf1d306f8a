provider "aws" {
  region = "us-east-1"
}

resource "aws_eip" "nat" {
  count  = 3
  domain = "vpc"
}

resource "aws_nat_gateway" "private" {
  count         = 3
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = "subnet-public-${count.index}"
}
