"""Detectors: the protocol, the built-in ones, and the way to name one's own."""

from benchmark.detectors.protocol import Detector, Explains, Labelled, Trainable

__all__ = ["Detector", "Explains", "Labelled", "Trainable"]
