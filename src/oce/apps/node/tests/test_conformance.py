"""The battery that every app of the house passes."""

from oce.kit.testing.conformance import *
