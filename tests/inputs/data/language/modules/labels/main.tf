variable "base" {
  type = map(string)
}

output "all" {
  value = merge(var.base, { managed_by = "terraform" })
}

output "sizes" {
  value = { small = 1, large = 2 }
}
