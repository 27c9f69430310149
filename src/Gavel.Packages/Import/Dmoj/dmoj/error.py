"""The exceptions that authors' programs raise or catch."""


class CompileError(Exception):
    pass


class InternalError(Exception):
    """The problem's own fault: ends the judging as a judge error."""


class InvalidCommandException(Exception):
    pass


class OutputLimitExceeded(Exception):
    pass
