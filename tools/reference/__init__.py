"""The pages of docs/reference, written from the code; `make docs` writes them and a stale one fails `make check`."""
