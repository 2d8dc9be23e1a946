"""Detectors by address: `py:module:object`, and what plug-ins offer by entry points."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from benchmark.dataset import Example
from benchmark.detectors.protocol import Detector, Labelled, Named
from benchmark.errors import UsageError, nearest

ENTRY_POINT_GROUP = "inconsistent_news.detectors"
PYTHON_SCHEME = "py:"


class Function:
    """Makes a detector of a callable that takes a batch and returns an answer per example."""

    def __init__(self, function: Callable[[Sequence[Example]], Sequence[object]]) -> None:
        self._function = function

    def predict(self, batch: Sequence[Example]) -> Sequence[object]:
        """What the callable returns."""
        return self._function(batch)


class Classifier:
    """Makes a detector of an object with `predict_proba`: a classifier over texts.

    The second column (or the only one) is the probability of *inconsistent*.
    """

    def __init__(self, classifier: Any) -> None:
        self._classifier = classifier

    def predict(self, batch: Sequence[Example]) -> list[float]:
        """The probability for each."""
        found = self._classifier.predict_proba([example.text for example in batch])
        return [float(row[-1]) if hasattr(row, "__len__") else float(row) for row in found]


class TrainableClassifier(Classifier):
    """A classifier over texts that is fitted to the train split first."""

    def fit(self, rows: Sequence[Labelled]) -> None:
        """Fits the classifier to texts and labels."""
        self._classifier.fit([row.example.text for row in rows], [row.label for row in rows])


def from_python(address: str) -> Named:
    """The detector at `py:module:object`; the working directory counts as a place of modules.

    The object is a callable over a batch of examples, an object with `predict`, an object with
    `predict_proba`, or a class of such objects that is made without arguments.

    Raises:
        UsageError: the address is malformed, the module cannot be imported, it has no such object,
            or the object is no detector.
    """
    module_name, _, attribute = address.removeprefix(PYTHON_SCHEME).partition(":")
    if not module_name or not attribute:
        raise UsageError(f"a detector's address is py:module:object, got {address!r}")
    with _working_directory_importable():
        try:
            module = importlib.import_module(module_name)
        except (ImportError, SyntaxError) as error:
            raise UsageError(f"cannot import {module_name!r} of {address!r}: {error}") from error
    target: Any = module
    for part in attribute.split("."):
        if not hasattr(target, part):
            raise UsageError(
                f"module {module_name!r} has no object {attribute!r}{nearest(part, vars(module))}"
            )
        target = getattr(target, part)
    return Named(address, as_detector(target, address), _fingerprint(address, module.__file__))


def as_detector(target: Any, name: str) -> Detector:
    """Makes a detector of whatever a plug-in offers.

    Raises:
        UsageError: it is neither a callable nor an object with `predict` or `predict_proba`, or a
            class that cannot be made without arguments.
    """
    if inspect.isclass(target):
        try:
            target = target()
        except TypeError as error:
            raise UsageError(f"{name!r} must be made without arguments: {error}") from error
    if hasattr(target, "predict_proba"):
        return TrainableClassifier(target) if _unfitted(target) else Classifier(target)
    if isinstance(target, Detector):
        return target
    if callable(target):
        return Function(target)
    raise UsageError(
        f"{name!r} is a {type(target).__name__}; expected a callable over a batch of examples, or "
        "an object with predict(batch) or predict_proba(texts)"
    )


def plugins() -> dict[str, EntryPoint]:
    """What installed packages offer as detectors, by name; nothing is imported."""
    return {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}


def from_plugin(point: EntryPoint) -> Named:
    """The detector of an entry point.

    Raises:
        UsageError: it cannot be imported, or is no detector.
    """
    try:
        target = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"cannot load detector {point.name!r} ({point.value}): {error}") from error
    source = getattr(sys.modules.get(point.module), "__file__", None)
    return Named(point.name, as_detector(target, point.name), _fingerprint(point.value, source))


def _unfitted(classifier: Any) -> bool:
    """Whether a scikit-learn estimator has learnt nothing yet; anything else counts as fitted."""
    if not hasattr(classifier, "fit") or not hasattr(classifier, "get_params"):
        return False
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    try:
        check_is_fitted(classifier)
    except NotFittedError:
        return True
    return False


def _fingerprint(address: str, source: str | None) -> dict[str, Any]:
    print_: dict[str, Any] = {"address": address}
    if source is not None and Path(source).is_file():
        print_["source_sha256"] = hashlib.sha256(Path(source).read_bytes()).hexdigest()
    return print_


@contextlib.contextmanager
def _working_directory_importable() -> Iterator[None]:
    here = str(Path.cwd())
    if here in sys.path or "" in sys.path:
        yield
        return
    sys.path.insert(0, here)
    try:
        yield
    finally:
        sys.path.remove(here)
