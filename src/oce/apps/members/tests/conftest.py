"""Passwords in these tests are kept by a quick hash: signing in is tested, not how long it takes to guess."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def _nobody_counted(db: None) -> None:
    cache.clear()
