terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "region" {
  default = "us-east-1"
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      team = "checkout"
    }
  }
}

provider "aws" {
  alias  = "far"
  region = "us-west-2"
}

locals {
  volumes = { logs = 50, data = 200 }
}

resource "aws_launch_template" "worker" {
  name          = "worker"
  instance_type = "m5.large"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 40
      volume_type = "gp3"
    }
  }
}

resource "aws_autoscaling_group" "workers" {
  min_size           = 1
  max_size           = 4
  desired_capacity   = 2
  availability_zones = ["us-east-1a"]

  launch_template {
    id = aws_launch_template.worker.id
  }
}

resource "aws_ebs_volume" "extra" {
  for_each          = local.volumes
  availability_zone = "us-east-1a"
  size              = each.value
  type              = "gp3"
}

resource "aws_ebs_snapshot" "data" {
  volume_id = aws_ebs_volume.extra["data"].id
}

module "near" {
  source    = "./app"
  sizes     = ["t3.micro", "t3.small"]
  subnet_id = aws_subnet.main.id
}

module "away" {
  source    = "./app"
  sizes     = ["t3.large"]
  subnet_id = aws_subnet.main.id

  providers = {
    aws = aws.far
  }
}

resource "aws_subnet" "main" {
  vpc_id     = "vpc-1"
  cidr_block = cidrsubnet("10.0.0.0/16", 8, 1)
}

resource "aws_rds_cluster" "db" {
  cluster_identifier = "db"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "db" {
  cluster_identifier = aws_rds_cluster.db.id
  engine             = aws_rds_cluster.db.engine
  instance_class     = "db.r6g.large"
}
