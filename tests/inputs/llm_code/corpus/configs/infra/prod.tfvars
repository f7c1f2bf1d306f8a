rewrite_model = "us.amazon.nova-pro-v1:0"
