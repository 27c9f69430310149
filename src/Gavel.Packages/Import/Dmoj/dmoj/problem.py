"""The names of a problem's parts, for the annotations of custom judges."""
from dmoj.graders import Problem, TestCase

__all__ = ["Problem", "TestCase"]
