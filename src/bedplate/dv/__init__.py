"""Design verification: proofs that run on every target. Kill-anywhere, conformance, benchmarks.

Start reading at `kill/campaign.py`.
"""
