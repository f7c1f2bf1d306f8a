variable "size" {
  type = number
}

variable "owner" {}

module "inner" {
  source = "../inner"
  count  = 2
  owner  = var.owner
  number = count.index
}

resource "terraform_data" "disk" {
  input            = { size = var.size, workspace = terraform.workspace }
  triggers_replace = var.owner
}

output "id" {
  value = terraform_data.disk.id
}

output "inner" {
  value = module.inner[1].id
}
