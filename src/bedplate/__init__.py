"""Bedplate: one Python hardware abstraction layer for AI-accelerator chips, in three worlds."""
