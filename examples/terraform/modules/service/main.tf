# One service: a number of virtual machines behind the load balancer.

variable "name" {
  type = string
}

variable "instance_type" {
  type = string
}

variable "instances" {
  type = number
}

variable "disk_gb" {
  type = number
}

variable "subnet_ids" {
  type = list(string)
}

resource "aws_instance" "this" {
  count         = var.instances
  ami           = "ami-0123456789abcdef0"
  instance_type = var.instance_type
  subnet_id     = var.subnet_ids[count.index % length(var.subnet_ids)]

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gb
  }

  tags = merge(
    { Name = "${var.name}-${count.index}", cost_center = "cc-${var.name}" },
    var.name == "search" ? { cost_approved = "FIN-812" } : {},
  )
}
