# A small web shop in one region: network, load balancer, two services, a database, a cache, files.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      environment = var.environment
      team        = "checkout"
    }
  }
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "environment" {
  type    = string
  default = "dev"
}

variable "services" {
  type = map(object({
    instance_type = string
    instances     = optional(number, 1)
    disk_gb       = optional(number, 20)
  }))
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  subnet_id     = aws_subnet.private[0].id
  allocation_id = aws_eip.nat.id
}

resource "aws_lb" "web" {
  name               = "shop"
  load_balancer_type = "application"
  subnets            = aws_subnet.private[*].id
}

module "service" {
  source   = "./modules/service"
  for_each = var.services

  name          = each.key
  instance_type = each.value.instance_type
  instances     = each.value.instances
  disk_gb       = each.value.disk_gb
  subnet_ids    = aws_subnet.private[*].id
}
