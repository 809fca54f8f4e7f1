"""Linked data: records as JSON-LD documents, and documents as descriptions of records."""
