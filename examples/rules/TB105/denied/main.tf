provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "api" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m5.4xlarge"
}

resource "azurerm_linux_virtual_machine" "report" {
  name     = "report"
  location = "westeurope"
  size     = "Standard_D16s_v5"
}
