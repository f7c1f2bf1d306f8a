terraform {
  required_version = ">= 1.5"
}

variable "size" {
  type    = number
  default = 10
}

variable "zones" {
  type = map(object({ size = number, note = optional(string, "none") }))
  default = {
    a = { size = 1 }
    b = { size = 2, note = "second" }
  }
}

locals {
  names = { for key, zone in var.zones : key => upper("${key}-${zone.note}") }
  first = terraform_data.base["a"].id
}

resource "terraform_data" "base" {
  for_each = var.zones
  input    = { size = each.value.size * var.size, name = local.names[each.key] }
}

resource "terraform_data" "counted" {
  count            = 3
  input            = "item ${count.index}"
  triggers_replace = [terraform_data.base["a"].id, terraform_data.single.output]
}

resource "terraform_data" "single" {
  input = module.store["x"].id
}

resource "terraform_data" "same_key" {
  for_each         = terraform_data.base
  input            = each.value.id
  triggers_replace = terraform_data.counted[0].id
}

resource "terraform_data" "paired" {
  count = 3
  input = terraform_data.counted[count.index].id
}

resource "terraform_data" "through_local" {
  input = local.first
}

resource "terraform_data" "none" {
  count = 0
}

resource "terraform_data" "splat" {
  input = terraform_data.counted[*].id
}

module "store" {
  source   = "./modules/store"
  for_each = { x = 5, y = 6 }
  size     = each.value
  owner    = terraform_data.base["b"].id
}
