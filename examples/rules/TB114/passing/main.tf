provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "api" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.large"
}

resource "aws_eip" "api" {
  domain   = "vpc"
  instance = aws_instance.api.id
}

resource "aws_ebs_volume" "data" {
  availability_zone = "us-east-1a"
  type              = "gp3"
  size              = 500
}

resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  instance_id = aws_instance.api.id
  volume_id   = aws_ebs_volume.data.id
}
