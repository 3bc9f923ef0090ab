"""The benchmarks: each one compares our work with a floor measured seconds apart, in one run.

`python -m tests.bench [--only P6] [--scale smoke|full]` prints one row each and keeps a JSON copy in `var/bench/`.
"""
