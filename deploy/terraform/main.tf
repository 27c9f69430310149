# An example for one cloud: what Gavel needs besides a Kubernetes cluster. A database, a broker of three nodes, a bucket.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "subnets" {
  description = "Private subnets in three zones."
  type        = list(string)
}

variable "security_group" {
  description = "Lets servers and workers reach the database and the broker."
  type        = string
}

variable "database_password" {
  type      = string
  sensitive = true
}

variable "broker_password" {
  type      = string
  sensitive = true
}

provider "aws" {
  region = var.region
}

resource "aws_db_subnet_group" "gavel" {
  name       = "gavel"
  subnet_ids = var.subnets
}

resource "aws_db_instance" "ledger" {
  identifier                = "gavel-ledger"
  engine                    = "postgres"
  engine_version            = "16"
  instance_class            = "db.m6g.xlarge"
  allocated_storage         = 200
  max_allocated_storage     = 2000
  storage_type              = "gp3"
  storage_encrypted         = true
  multi_az                  = true
  backup_retention_period   = 14
  deletion_protection       = true
  db_name                   = "gavel"
  username                  = "gavel"
  password                  = var.database_password
  db_subnet_group_name      = aws_db_subnet_group.gavel.name
  vpc_security_group_ids    = [var.security_group]
  final_snapshot_identifier = "gavel-ledger-final"
}

resource "aws_mq_broker" "queue" {
  broker_name                = "gavel"
  engine_type                = "RabbitMQ"
  engine_version             = "3.13"
  auto_minor_version_upgrade = true
  host_instance_type         = "mq.m5.large"
  deployment_mode            = "CLUSTER_MULTI_AZ"
  subnet_ids                 = var.subnets
  security_groups            = [var.security_group]

  user {
    username = "gavel"
    password = var.broker_password
  }
}

resource "aws_s3_bucket" "packages" {
  bucket_prefix = "gavel-packages-"
}

resource "aws_s3_bucket_public_access_block" "packages" {
  bucket                  = aws_s3_bucket.packages.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

output "database" {
  value = aws_db_instance.ledger.address
}

output "broker" {
  value = aws_mq_broker.queue.instances[0].endpoints
}

output "bucket" {
  value = aws_s3_bucket.packages.bucket
}
