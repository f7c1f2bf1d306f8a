services = {
  api    = { instance_type = "m5.large", instances = 2 }
  report = { instance_type = "m5.8xlarge", disk_gb = 200 }
  search = { instance_type = "r5.8xlarge", disk_gb = 500 }
}
