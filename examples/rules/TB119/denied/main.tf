provider "aws" {
  region = "us-east-1"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/shop/api"
}
