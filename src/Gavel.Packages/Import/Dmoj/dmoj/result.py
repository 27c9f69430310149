"""What checkers and graders return."""


class CheckerResult:
    def __init__(self, passed, points, feedback=None, extended_feedback=None):
        self.passed = passed
        self.points = points
        self.feedback = feedback
        self.extended_feedback = extended_feedback


class Result:
    """The outcome of a testcase: flags, points and messages."""

    AC = 0
    WA = 1
    RTE = 2
    TLE = 4
    MLE = 8
    IR = 16
    SC = 32
    OLE = 64
    IE = 1 << 30

    def __init__(self, case=None, result_flag=0, execution_time=0, wall_clock_time=0, max_memory=0, proc_output=b"", feedback="", extended_feedback="", points=None):
        self.case = case
        self.result_flag = result_flag
        self.execution_time = execution_time
        self.wall_clock_time = wall_clock_time
        self.max_memory = max_memory
        self.context_switches = (0, 0)
        self.runtime_version = ""
        self.proc_output = proc_output
        self.feedback = feedback
        self.extended_feedback = extended_feedback
        self._points = points

    @property
    def has_points(self):
        return self._points is not None

    @property
    def points(self):
        return self._points or 0

    @points.setter
    def points(self, value):
        self._points = value

    @property
    def total_points(self):
        return getattr(self.case, "points", 0)

    def get_main_code(self):
        for name in ("IE", "TLE", "MLE", "OLE", "RTE", "IR", "WA", "SC"):
            if self.result_flag & getattr(Result, name):
                return getattr(Result, name)
        return Result.AC
