variable "triage_model" {
  type    = string
  default = "gpt-4o-mini-2024-07-18"
}
variable "instance_model" {
  default = "m5.large"
}
