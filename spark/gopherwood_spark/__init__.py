"""Process trees of logs that outgrow one machine: Apache Spark hands out whole hosts, the
gopherwood command builds their trees. See README.md beside this package."""
