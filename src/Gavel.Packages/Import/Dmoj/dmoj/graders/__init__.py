"""The grader classes that custom judges derive from. The one process they may talk to is the submission, which runs in another cell."""
import os
import sys
import threading
import types

from dmoj.error import InternalError
from dmoj.result import CheckerResult, Result
from dmoj.utils.unicode import utf8bytes, utf8text

LONGEST_NUMBER = 10000


class Config(dict):
    """Settings that nobody gave are None."""

    def __getattr__(self, name):
        return self.get(name)


class TestCase:
    def __init__(self, position, batch, points, judge_input, judge_output):
        self.position = position
        self.batch = batch
        self.points = points
        self.has_binary_data = False
        self.config = Config(wall_time_factor=3, output_prefix_length=64, output_limit_length=25165824, unbuffered=False, symlinks={})
        self._data = (judge_input, judge_output)
        self._checker = (lambda *_, **__: True, {})

    def use(self, function, arguments):
        self._checker = (function, arguments)

    def input_data(self):
        return self._data[0]

    def output_data(self):
        return self._data[1]

    def checker(self):
        function, arguments = self._checker
        return lambda *given, **named: function(*given, **{**arguments, **named})

    def free_data(self):
        pass


class ProblemData:
    """The files of the problem that the judge's source names."""

    def __init__(self, folder):
        self._folder = folder

    def open(self, name):
        return open(os.path.join(self._folder, os.path.basename(name)), "rb")

    def __getitem__(self, name):
        try:
            with self.open(name) as file:
                return file.read()
        except OSError:
            raise KeyError(name)


class Problem:
    def __init__(self, folder):
        self.id = ""
        self.time_limit = 0.0
        self.memory_limit = 0
        self.config = Config()
        self.problem_data = ProblemData(folder)
        self.meta = Config()


class Judge:
    def __getattr__(self, name):
        raise InternalError("a custom judge has no part of DMOJ's judge here: judge." + name)


class Process:
    """The submission, as a custom judge sees it: two streams."""

    stderr = types.SimpleNamespace(read=lambda *_: b"", readline=lambda *_: b"", close=lambda: None)
    returncode = 0
    max_memory = execution_time = wall_clock_time = 0.0
    is_tle = is_mle = is_ole = is_ir = is_rte = False
    signal = protection_fault = feedback = None

    def __init__(self, given, wanted):
        self.stdout = given
        self.stdin = wanted

    def communicate(self, stdin=None, outlimit=None, errlimit=None):
        # Reads while it writes, because the submission may print before it has read everything.
        writer = threading.Thread(target=self._write, args=(utf8bytes(stdin or b""),), daemon=True)
        writer.start()
        return self.stdout.read(), b""

    safe_communicate = unsafe_communicate = communicate

    def _write(self, data):
        try:
            view = memoryview(data)
            while view:
                view = view[self.stdin.write(view):]
            self.stdin.close()
        except OSError:
            pass

    def wait(self, timeout=None):
        return 0

    def poll(self):
        return None

    def kill(self):
        self.stdin.close()

    terminate = kill


class Binary:
    """The compiled submission. It is running already, and runs once."""

    def __init__(self, given, wanted):
        self._process = Process(given, wanted)

    def launch(self, *_, **__):
        if self._process is None:
            raise InternalError("this custom judge runs the submission more than once in a testcase, which cannot be done here")
        process, self._process = self._process, None
        return process


class BaseGrader:
    def __init__(self, judge, problem, language, source, meta=None):
        self.judge = judge
        self.problem = problem
        self.language = language
        self.binary = None
        self._current_proc = None
        self._terminate_grading = False

    @property
    def source(self):
        raise InternalError("a custom judge cannot see the submission's source here")

    def grade(self, case):
        raise NotImplementedError

    def terminate_grading(self):
        pass

    abort_grading = terminate_grading


class StandardGrader(BaseGrader):
    def grade(self, case):
        result = Result(case)
        self._launch_process(case)
        error = self._interact_with_process(case, result, case.input_data())
        self.populate_result(error, result, self._current_proc)
        check = self.check_result(case, result)
        if not isinstance(check, CheckerResult):
            check = CheckerResult(bool(check), case.points if check else 0.0)
        if not check.passed:
            result.result_flag |= Result.WA
        result.points = check.points
        result.feedback = check.feedback or result.feedback
        result.extended_feedback = check.extended_feedback
        case.free_data()
        return result

    def _launch_process(self, case, input_file=None):
        self._current_proc = self.binary.launch()

    def _interact_with_process(self, case, result, input):
        result.proc_output, error = self._current_proc.communicate(input)
        return error

    def populate_result(self, error, result, process):
        pass

    def check_result(self, case, result):
        if result.result_flag:
            return False
        return case.checker()(
            result.proc_output or b"", case.output_data() or b"", submission_source=b"", judge_input=case.input_data() or b"", point_value=case.points,
            case_position=case.position, batch=case.batch, submission_language="", binary_data=case.has_binary_data, execution_time=0.0,
            problem_id="", case=case, result=result)


class WrongAnswer(BaseException):
    """Ends the conversation: the submission said something that it must not say."""


class Interactor:
    def __init__(self, process):
        self.process = process
        self._tokens = None

    def read(self):
        text = self.process.stdout.read()
        if not text:
            raise IOError("the submission said no more")
        return text

    def readln(self, strip_newline=True):
        line = self.process.stdout.readline()
        if not line:
            raise IOError("the submission said no more")
        return line.rstrip() if strip_newline else line

    readline = readln

    def readtoken(self, delim=None):
        while not self._tokens:
            self._tokens = self.readln().split(utf8bytes(delim) if delim else None)
        return self._tokens.pop(0)

    def readint(self, lo=float("-inf"), hi=float("inf"), delim=None):
        return self._number(int, "an integer", lo, hi, delim)

    def readfloat(self, lo=float("-inf"), hi=float("inf"), delim=None):
        return self._number(float, "a number", lo, hi, delim)

    def readintln(self, lo=float("-inf"), hi=float("inf")):
        number = self.readint(lo, hi)
        if self._tokens:
            raise WrongAnswer("expected the end of the line")
        return number

    def _number(self, kind, what, lo, hi, delim):
        token = self.readtoken(delim)
        shown = utf8text(token[:20], "replace")
        if len(token) > LONGEST_NUMBER:
            raise WrongAnswer("the number is too long")
        try:
            number = kind(token)
        except ValueError:
            raise WrongAnswer('expected %s, got "%s"' % (what, shown))
        if not lo <= number <= hi:
            raise WrongAnswer("expected %s from %s to %s, got %s" % (what, lo, hi, shown))
        return number

    def write(self, value):
        view = memoryview(utf8bytes(value if isinstance(value, bytes) else str(value)))
        while view:
            view = view[self.process.stdin.write(view):]

    def writeln(self, value):
        self.write((value if isinstance(value, bytes) else utf8bytes(str(value))) + b"\n")

    def close(self):
        self.process.stdin.close()


class InteractiveGrader(StandardGrader):
    check = False
    feedback = None

    def _interact_with_process(self, case, result, input):
        interactor = Interactor(self._current_proc)
        self.check, self.feedback = False, None
        try:
            self.check = self.interact(case, interactor)
            interactor.close()
        except WrongAnswer as wrong:
            self.feedback = str(wrong)
        except IOError as closed:
            # The submission left: what it did counts, and if it ended well it said too little.
            self.feedback = str(closed)
        return b""

    def check_result(self, case, result):
        if result.result_flag:
            return False
        if isinstance(self.check, CheckerResult):
            return self.check
        if isinstance(self.check, Result):
            return CheckerResult(self.check.result_flag == 0, self.check.points if self.check.has_points else 0 if self.check.result_flag else case.points, self.check.feedback)
        return CheckerResult(bool(self.check), case.points if self.check else 0.0, self.feedback)

    def interact(self, case, interactor):
        raise NotImplementedError


for _name, _names in {
    "base": (BaseGrader,), "standard": (StandardGrader,), "interactive": (InteractiveGrader, Interactor, WrongAnswer, StandardGrader), "custom": (BaseGrader,),
}.items():
    _module = types.ModuleType("dmoj.graders." + _name)
    for _class in _names:
        setattr(_module, _class.__name__, _class)
    sys.modules[_module.__name__] = _module
    globals()[_name] = _module
