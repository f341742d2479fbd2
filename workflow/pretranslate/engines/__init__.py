"""Engines: one module each, found by name, loaded when used.

Other packages add theirs by the entry point group `auflage.engines`: the name leads to a
function with the signature of `protocol.Factory`.
"""

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from workflow.errors import EngineError, UsageError
from workflow.pretranslate.engines.protocol import Engine, Factory, Setting

_MODULES: Final = {
    name: f"workflow.pretranslate.engines.{name}"
    for name in (
        "memory",
        "tmx",
        "google",
        "openai",
        "deepl",
        "libretranslate",
        "ctranslate2",
        "pseudo",
    )
}


def names() -> tuple[str, ...]:
    """The engines that come with Auflage."""
    return tuple(_MODULES)


def check(name: str) -> None:
    """See that an engine is known; it is not loaded.

    Raises:
        UsageError: nobody knows an engine of that name.
    """
    if name not in _MODULES:
        _point(name)


def load(name: str, setting: Setting) -> Engine:
    """Make an engine.

    Raises:
        UsageError: nobody knows an engine of that name.
        ConfigError: its table in the configuration is wrong.
        EngineError: it does not know the languages, or lacks something.
    """
    factory = _factory(name)
    engine = factory(setting)
    if not hasattr(engine, "translate"):
        raise EngineError(f"the engine “{name}” is broken: it cannot translate")
    return engine


def _factory(name: str) -> Factory:
    if name in _MODULES:
        factory: Factory = import_module(_MODULES[name]).make
        return factory
    found: Factory = _point(name).load()
    return found


def _point(name: str) -> EntryPoint:
    for point in entry_points(group="auflage.engines", name=name):
        return point
    raise UsageError(f"unknown engine “{name}”; there is {', '.join(names())}")
