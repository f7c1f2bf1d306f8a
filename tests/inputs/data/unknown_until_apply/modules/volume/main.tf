variable "each" {
  default = { data = 100 }
}

variable "type" {
  default = null
}

variable "iops" {
  default = null
}

resource "aws_ebs_volume" "this" {
  for_each = toset(["data"])

  availability_zone = "us-east-1a"
  size              = var.each[each.key]
  type              = var.type
  iops              = var.iops
}
