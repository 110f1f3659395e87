"""The soak: many patients text at once while processes are killed; nothing lost, nothing doubled.

`make soak`, or `python -m benchmarks.soak --help`.
"""
