"""Runs a DMOJ checker or custom judge as the package format runs output validators.

    host.py KIND NAME INPUT ANSWER FEEDBACK/ [all] [points=P] [case=N] [batch=N] [argument=...]

KIND is `checker` (NAME is a Python file, the output is on standard input), `builtin` (NAME is one of DMOJ's checkers, its arguments are JSON in
`builtin.json` beside NAME) or `grader` (NAME is a Python file with a class Grader; the submission talks on standard input and output).
"""
import importlib.util
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

ACCEPT, REJECT = 42, 43


def load(path):
    spec = importlib.util.spec_from_file_location("author", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def options(words):
    found = {"points": "1", "case": "1", "batch": "0"}
    for word in words:
        key, _, value = word.partition("=")
        found[key] = value
    return found


def number(text):
    value = float(text)
    return int(value) if value == int(value) else value


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def finish(passed, points, worth, feedback, folder, whole):
    """Leaves the message and the share of the points, and ends with the verdict."""
    if feedback:
        with open(folder + "teammessage.txt", "w", encoding="utf-8", errors="replace") as file:
            file.write(str(feedback))
    share = 1.0 if worth <= 0 and passed else float(points) / worth if worth > 0 else 0.0
    if passed and share >= 1:
        return ACCEPT
    if not 0 < share or whole:
        return REJECT
    with open(folder + "score_multiplier.txt", "w") as file:
        file.write("%.15g\n" % min(share, 1.0))
    return ACCEPT


def check(kind, path, files, found):
    worth = number(found["points"])
    judge_input, judge_output = bytes_of(files[0]), bytes_of(files[1])
    given = sys.stdin.buffer.read()
    arguments = {}
    if kind == "builtin":
        import dmoj.checkers
        with open(path, encoding="utf-8") as file:
            chosen = json.load(file)
        function, arguments = dmoj.checkers.find(chosen["name"]), chosen["arguments"]
    else:
        function = load(path).check
    try:
        result = function(
            given, judge_output, judge_input=judge_input, point_value=worth, submission_source=b"", submission_language="",
            case_position=int(found["case"]), batch=int(found["batch"]), binary_data=False, execution_time=0.0, problem_id="", case=None, result=None,
            **arguments)
    except UnicodeDecodeError:
        # Checkers may decode without care: what is no text is wrong.
        return finish(False, 0, worth, "invalid unicode", files[2], True)
    return verdict(result, worth, files[2], "all" in found)


def verdict(result, worth, folder, whole):
    if hasattr(result, "passed"):
        return finish(result.passed, result.points, worth, result.feedback, folder, whole)
    return finish(bool(result), worth if result else 0, worth, None, folder, whole)


def judge(path, files, found):
    """Runs the class Grader of a custom judge on one testcase."""
    # What the author prints must not reach the submission.
    conversation = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    from dmoj import graders
    worth = number(found["points"])
    case = graders.TestCase(int(found["case"]), int(found["batch"]), worth, bytes_of(files[0]), bytes_of(files[1]))
    module = load(path)
    problem = graders.Problem(os.path.join(os.path.dirname(path), "files"))
    checker = os.path.join(os.path.dirname(path), "builtin.json")
    if os.path.exists(checker):
        import dmoj.checkers
        with open(checker, encoding="utf-8") as file:
            chosen = json.load(file)
        case.use(dmoj.checkers.find(chosen["name"]), chosen["arguments"])
    elif os.path.exists(os.path.join(os.path.dirname(path), "checker.py")):
        case.use(load(os.path.join(os.path.dirname(path), "checker.py")).check, {})
    grader = module.Grader(graders.Judge(), problem, "", b"")
    grader.binary = graders.Binary(sys.stdin.buffer, conversation)
    result = grader.grade(case)
    if not hasattr(result, "result_flag"):
        raise TypeError("Grader.grade returned %s instead of a dmoj.result.Result" % type(result).__name__)
    passed = result.result_flag == 0
    points = result.points if result.has_points else worth if passed else 0
    return finish(passed, points, worth, result.feedback, files[2], "all" in found)


def main(arguments):
    kind, path, files, found = arguments[0], os.path.abspath(arguments[1]), arguments[2:5], options(arguments[5:])
    return judge(path, files, found) if kind == "grader" else check(kind, path, files, found)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # A grader may have left threads behind that wait for a submission.
    os._exit(code)
