variable "owner" {}
variable "number" {}

resource "terraform_data" "deep" {
  input = { owner = var.owner, number = var.number }
}

output "id" {
  value = terraform_data.deep.id
}
