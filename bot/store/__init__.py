"""Where recoveries, their journal and the jobs are kept."""
