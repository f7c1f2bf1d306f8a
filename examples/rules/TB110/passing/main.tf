provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "api" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m7g.large"
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.r7g.large"
  allocated_storage = 100
}
