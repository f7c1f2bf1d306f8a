services = {
  web = { size = 4, zones = ["b", "a"], disk = { gb = 50 } }
  job = { size = 2, replicas = 1 }
}
