variable "sizes" {
  type = list(string)
}

variable "subnet_id" {
  type = string
}

resource "aws_instance" "this" {
  count         = length(var.sizes)
  ami           = "ami-1"
  instance_type = var.sizes[count.index]
  subnet_id     = var.subnet_id
  monitoring    = true

  root_block_device {
    volume_size = 20 + count.index
  }
}

resource "aws_eip" "this" {
  instance = aws_instance.this[0].id
}
