# Everything here that depends on terraform_data.later is set, but known only after apply.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "terraform_data" "later" {
  input = { number = 2, text = "gp3", list = ["a"] }
}

resource "aws_instance" "nothing_set" {
  ami           = "ami-1"
  instance_type = "m5.large"
}

resource "aws_instance" "root_size" {
  ami           = "ami-1"
  instance_type = "m5.large"

  root_block_device {
    volume_size = terraform_data.later.output.number
  }
}

resource "aws_instance" "root_type" {
  ami           = "ami-1"
  instance_type = "m5.large"
  monitoring    = terraform_data.later.output.number > 3

  root_block_device {
    volume_size = 10
    volume_type = terraform_data.later.output.text
  }
}

resource "aws_instance" "more_volumes" {
  ami           = "ami-1"
  instance_type = "m5.large"

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_size = 100
  }

  dynamic "ebs_block_device" {
    for_each = terraform_data.later.output.list
    content {
      device_name = ebs_block_device.value
      volume_size = 100
    }
  }
}

resource "aws_instance" "credits" {
  ami           = "ami-1"
  instance_type = "t3.large"

  dynamic "credit_specification" {
    for_each = terraform_data.later.output.list
    content {
      cpu_credits = credit_specification.value
    }
  }
}

resource "aws_launch_template" "devices" {
  instance_type = "m5.large"

  dynamic "block_device_mappings" {
    for_each = terraform_data.later.output.list
    content {
      device_name = block_device_mappings.value
    }
  }
}

resource "aws_autoscaling_group" "size" {
  min_size           = 1
  max_size           = 4
  desired_capacity   = terraform_data.later.output.number
  availability_zones = ["us-east-1a"]

  launch_template {
    id = aws_launch_template.devices.id
  }
}

resource "aws_autoscaling_group" "devices" {
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a"]

  launch_template {
    id = aws_launch_template.devices.id
  }
}

resource "aws_db_instance" "storage" {
  engine              = "mysql"
  engine_version      = "8.4"
  instance_class      = "db.m5.large"
  allocated_storage   = terraform_data.later.output.number
  skip_final_snapshot = true
}

resource "aws_db_instance" "zones" {
  engine              = "mysql"
  engine_version      = "8.4"
  instance_class      = "db.m5.large"
  allocated_storage   = 100
  multi_az            = terraform_data.later.output.number > 1
  skip_final_snapshot = true
}

resource "aws_db_instance" "version" {
  engine              = "mysql"
  engine_version      = terraform_data.later.output.text
  instance_class      = "db.m5.large"
  allocated_storage   = 100
  skip_final_snapshot = true
}

resource "aws_elasticache_replication_group" "nodes" {
  replication_group_id = "nodes"
  description          = "nodes"
  node_type            = "cache.m5.large"
  num_cache_clusters   = terraform_data.later.output.number
}

resource "aws_dynamodb_table" "replicas" {
  name         = "replicas"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "replica" {
    for_each = terraform_data.later.output.list
    content {
      region_name = replica.value
    }
  }
}

module "unset" {
  source = "./modules/volume"
}

module "set" {
  source = "./modules/volume"
  each   = { data = terraform_data.later.output.number }
  type   = "gp3"
}
