provider "aws" {
  region = "us-east-1"
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0abc12345def67890"
  instance_type = "m5.large"
}

resource "aws_autoscaling_group" "web" {
  min_size           = 2
  max_size           = 12
  availability_zones = ["us-east-1a", "us-east-1b"]

  launch_template {
    id = aws_launch_template.web.id
  }
}
