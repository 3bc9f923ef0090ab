"""A template that names what its view did not give fails its test, instead of showing nothing."""


class UndefinedVariable(Exception):
    """The name of the variable, as the template wrote it."""


class Refusal(str):
    """Django shows `string_if_invalid % name` for a name that it cannot resolve; ours refuses to."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise UndefinedVariable(str(name))
