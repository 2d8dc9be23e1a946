"""Where the data that ships with the project lies, however it was installed."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "INCONSISTENT_NEWS_DATA"
"""Names a folder to use instead of the shipped one."""


def data_folder() -> Path:
    """Finds the data folder: environment override, then `_data` in the package, then the checkout.

    Returns:
        An existing folder, absolute.

    Raises:
        FileNotFoundError: the override names no folder, or the installation lacks its data.
    """
    override = os.environ.get(ENVIRONMENT_VARIABLE)
    if override:
        folder = Path(override).expanduser().resolve()
        if not folder.is_dir():
            raise FileNotFoundError(
                f"{ENVIRONMENT_VARIABLE} must name an existing folder, got '{override}'; "
                "unset it to use the data that ships with the package"
            )
        return folder
    package = Path(__file__).resolve().parent.parent
    for candidate in (package / "_data", package.parent / "data"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(
        f"no data folder beside {package}: neither '_data' inside the package nor 'data' in a "
        f"checkout; reinstall inconsistent-news or set {ENVIRONMENT_VARIABLE}"
    )


def knowledge_folder() -> Path:
    """Names the folder of the shipped knowledge tables."""
    return data_folder() / "knowledge"
