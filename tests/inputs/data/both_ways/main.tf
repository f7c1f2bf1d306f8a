# One project in three clouds. plan.json is what Terraform 1.9 makes of it, written by hand: see test_terraform_hcl.py.

terraform {
  required_providers {
    aws     = { source = "hashicorp/aws" }
    azurerm = { source = "hashicorp/azurerm" }
    google  = { source = "hashicorp/google" }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { team = "core" }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

provider "google" {
  project        = "shop"
  zone           = "europe-west1-b"
  default_labels = { team = "data" }
}

provider "azurerm" {
  features {}
}

variable "region" {
  default = "eu-west-1"
}

variable "iops" {
  type    = number
  default = null
}

locals {
  nodes = { a = "t3.micro", b = "t3.large" }
}

resource "aws_launch_template" "web" {
  instance_type = "m5.large"

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size = 20
      iops        = var.iops
    }
  }
}

resource "aws_autoscaling_group" "web" {
  min_size = 1
  max_size = 4

  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }

  tag {
    key                 = "service"
    value               = "web"
    propagate_at_launch = true
  }
}

resource "aws_instance" "node" {
  for_each      = local.nodes
  provider      = aws.west
  ami           = "ami-12345678"
  instance_type = each.value

  dynamic "ebs_block_device" {
    for_each = [100, 200]
    iterator = disk
    content {
      device_name = "/dev/sd${["f", "g"][disk.key]}"
      volume_size = disk.value
    }
  }

  root_block_device {
    volume_size = 8
  }

  tags = { Name = "node-${each.key}" }
}

resource "aws_ebs_volume" "data" {
  count             = 2
  availability_zone = "${var.region}a"
  size              = 10 * (count.index + 1)
}

resource "aws_volume_attachment" "data" {
  count       = 2
  device_name = "/dev/xvdh"
  volume_id   = aws_ebs_volume.data[count.index].id
  instance_id = aws_instance.node["a"].id
}

module "bucket" {
  source   = "./modules/bucket"
  for_each = toset(["logs", "files"])

  name = "shop-${each.key}"
  days = each.key == "logs" ? 30 : 365

  providers = {
    aws = aws.west
  }
}

resource "aws_lambda_function" "resize" {
  function_name = "resize"
  role          = "arn:aws:iam::123456789012:role/resize"
  memory_size   = 512
  s3_bucket     = module.bucket["files"].id
}

resource "google_compute_instance" "batch" {
  name         = "batch"
  machine_type = "e2-medium"
  labels       = { job = "batch" }

  boot_disk {
    initialize_params {
      size = 20
    }
  }
}

resource "azurerm_resource_group" "main" {
  name     = "shop"
  location = "West Europe"
}

resource "azurerm_mssql_server" "main" {
  name                = "shop"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  version             = "12.0"
  tags                = { team = "orders" }
}

resource "azurerm_mssql_database" "orders" {
  name      = "orders"
  server_id = azurerm_mssql_server.main.id
  sku_name  = "S1"
}
