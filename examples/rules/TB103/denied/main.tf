provider "aws" {
  region = "us-east-1"
}

resource "aws_launch_template" "worker" {
  image_id      = "ami-0abcdef1234567890"
  instance_type = "m5.large"
}

resource "aws_autoscaling_group" "worker" {
  availability_zones = ["us-east-1a"]
  min_size           = 1
  desired_capacity   = 2
  max_size           = 20

  launch_template {
    id = aws_launch_template.worker.id
  }
}
