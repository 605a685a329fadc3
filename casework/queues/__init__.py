"""The list of cases: queues, filters, saved views, giving many away, workload and cover for absence."""
