# What Terraform's language can do, evaluated by Terraform itself into plan.json (see test_terraform_hcl.py).

terraform {
  required_version = ">= 1.9"
}

variable "services" {
  type = map(object({
    size     = number
    replicas = optional(number, 2)
    zones    = optional(set(string), ["a"])
    disk = optional(object({
      gb   = optional(number, 10)
      type = optional(string)
    }), {})
  }))
}

variable "owner" {
  type    = string
  default = null
}

variable "ratio" {
  type    = number
  default = 1.5
}

variable "level" {
  type     = string
  default  = "low"
  nullable = false
}

variable "names" {
  default = ["x", "y"]
}

locals {
  zones = flatten([
    for name, service in var.services : [
      for zone in service.zones : { key = "${name}-${zone}", service = name, zone = zone }
    ]
  ])
  by_key   = { for entry in local.zones : entry.key => entry }
  settings = yamldecode(file("${path.module}/config/settings.yaml"))
  rates    = jsondecode(file("config/rates.json"))
  table    = csvdecode(file("config/table.csv"))
  labels   = merge({ team = "core" }, var.owner == null ? {} : { owner = var.owner }, local.settings.labels)
  is_prod  = terraform.workspace == "prod"
  matrix   = { for pair in setproduct(["r", "w"], var.names) : join("-", pair) => pair }
  grouped  = { for entry in local.zones : entry.zone => entry.service... }
}

resource "terraform_data" "zone" {
  for_each = local.by_key
  input    = merge(each.value, { labels = local.labels })
}

resource "terraform_data" "numbers" {
  input = {
    sum        = sum([for service in var.services : service.size * service.replicas])
    half       = var.ratio / 2
    floor      = floor(7 / 2)
    text       = "${var.ratio * 2} of ${1.50}"
    comparison = var.ratio > 1 && !local.is_prod
    max        = max([for service in var.services : service.size]...)
    padded     = format("%03d-%s-%.2f", 7, "x", 1.005)
    rates      = [for rate in local.rates : rate.value if rate.value > 0.1]
    parsed     = parseint("ff", 16) % 16
  }
}

resource "terraform_data" "texts" {
  input = {
    template  = templatefile("config/greeting.tftpl", { name = "World", items = ["one", "two"], loud = true })
    heredoc   = <<-EOT
      first ${upper("line")}
        indented
      %{if local.is_prod~}
      production
      %{else~}
      elsewhere
      %{endif~}
      last
    EOT
    plain     = <<EOT
  kept as it is
EOT
    regex     = regex("^(\\w+)-(\\d+)$", "web-12")
    replaced  = replace("a.b.c", "/[.]/", "-")
    cut       = substr("terraform", 0, 4)
    escaped   = "$${not} \"quoted\" %%{neither}"
    encoded   = jsonencode({ b = [1, null, true], a = "<&>" })
    trimmed   = trimspace("  x  ")
    workspace = terraform.workspace
  }
}

resource "terraform_data" "collections" {
  input = {
    matrix   = local.matrix
    grouped  = local.grouped
    keys     = keys(local.by_key)
    element  = element(var.names, 3)
    slice    = slice(["a", "b", "c"], 1, 3)
    lookup   = lookup({ a = 1 }, "b", 2)
    coalesce = coalesce(null, "", "c")
    distinct = distinct(concat(var.names, ["x", "z"]))
    set      = toset(["b", "a", "b"])
    zip      = zipmap(var.names, [1, 2])
    nested   = { for name, service in var.services : name => service.disk }
    one      = one([for name in var.names : name if name == "x"])
    none     = one([])
    try      = try(local.settings.missing, local.settings.labels.tier, "never")
    can      = can(local.settings.missing.deeper)
    splat    = values(var.services)[*].size
    cidrs    = cidrsubnets("10.0.0.0/16", 4, 8)
    table    = [for row in local.table : row.size]
    range    = range(2, 10, 3)
    level    = var.level
    files    = fileset("config", "*.json")
    hash     = sha256("x")
    when     = formatdate("YYYY-MM", "2026-11-21T00:00:00Z")
  }
}

resource "terraform_data" "optional" {
  count = var.owner == null ? 0 : 1
  input = var.owner
}

resource "terraform_data" "conditional" {
  count = local.is_prod ? 3 : length(var.names)
  input = { index = count.index, name = var.names[count.index], last = try(var.names[count.index + 1], null) }
}

module "labels" {
  source = "./modules/labels"
  base   = local.labels
}

module "service" {
  source   = "./modules/service"
  for_each = var.services
  name     = each.key
  settings = each.value
  labels   = module.labels.all
  level    = null
}

resource "terraform_data" "by_output" {
  for_each = module.labels.sizes
  input    = { size = each.value, id = terraform_data.zone["web-a"].id }
}

resource "terraform_data" "of_modules" {
  input = {
    totals = { for name, service in module.service : name => service.total }
    first  = module.service["web"].names[0]
    count  = length(module.service["web"].ids)
  }
}
