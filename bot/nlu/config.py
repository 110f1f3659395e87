"""Checks of what `config.yml` says about our components."""

from typing import Any

from rasa.shared.exceptions import InvalidConfigException


def check_keys(component: type, config: dict[str, Any]) -> None:
    """Refuse a setting the component does not know, mostly a slip of the pen.

    Raises:
        InvalidConfigException: naming the setting and those that exist.
    """
    known = set(component.get_default_config())
    # Rasa's own keys for any featurizer or after fine-tuning.
    unknown = set(config) - known - {"alias", "name"}
    if unknown:
        raise InvalidConfigException(
            f"{component.__name__} knows no {', '.join(sorted(unknown))}; "
            f"its settings are {', '.join(sorted(known)) or 'none'}."
        )


def check_range(name: str, value: Any, low: float, high: float) -> None:
    """Refuse a number outside low…high.

    Raises:
        InvalidConfigException: naming the setting and its bounds.
    """
    if not isinstance(value, (int, float)) or not low <= value <= high:
        raise InvalidConfigException(f"{name} is {value!r}; it must lie from {low} to {high}.")
