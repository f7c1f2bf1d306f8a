variable "name" {
  type = string
}

variable "settings" {
  type = any
}

variable "labels" {
  type    = map(string)
  default = {}
}

variable "level" {
  type     = string
  default  = "middle"
  nullable = false
}
