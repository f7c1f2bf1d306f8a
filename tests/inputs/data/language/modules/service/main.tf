locals {
  names = [for number in range(var.settings.replicas) : format("%s-%02d", var.name, number + 1)]
}

resource "terraform_data" "instance" {
  count = length(local.names)
  input = {
    name   = local.names[count.index]
    labels = merge(var.labels, { Name = local.names[count.index] })
    level  = var.level
    type   = var.settings.disk.type
    module = path.module
  }
}

resource "terraform_data" "attachment" {
  for_each         = toset(var.settings.zones)
  input            = "${var.name}/${each.key}"
  triggers_replace = terraform_data.instance[0].id
}

output "names" {
  value = local.names
}

output "ids" {
  value = terraform_data.instance[*].id
}

output "total" {
  value = var.settings.size * length(local.names)
}
