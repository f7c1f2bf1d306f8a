# Everything that keeps state.

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m5.large"
  multi_az          = true
  allocated_storage = 100
  storage_type      = "gp3"
  username          = "orders"

  tags = { cost_center = "cc-shop" }
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions of the shop"
  engine               = "redis"
  node_type            = "cache.m5.large"
  num_cache_clusters   = 2

  tags = { cost_center = "cc-shop" }
}

resource "aws_s3_bucket" "invoices" {
  bucket = "shop-invoices"
  tags   = { cost_center = "cc-shop" }
}

resource "aws_cloudwatch_log_group" "shop" {
  name              = "/shop"
  retention_in_days = 30
  tags              = { cost_center = "cc-shop" }
}
