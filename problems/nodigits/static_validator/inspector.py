"""Counts the digits in the source files. Called as: inspector.py language entry-point feedback-folder/ most, in the folder with the submission."""
import sys
from pathlib import Path

ACCEPT, REJECT = 42, 43
language, entry_point, folder, most = sys.argv[1:5]
feedback = Path(folder)

SOURCES = {".c", ".cc", ".cpp", ".cxx", ".py", ".java", ".js", ".go", ".rs", ".cs"}
files = [path for path in Path(".").iterdir() if path.is_file() and path.suffix in SOURCES]
if not files:
    raise FileNotFoundError(f"no source file of the {language} submission")
digits = sum(character in b"0123456789" for path in files for character in path.read_bytes())

(feedback / "judgemessage.txt").write_text(f"{digits} digits in {len(files)} {language} files\n")
if digits > int(most):
    sys.exit(REJECT)
(feedback / "score_multiplier.txt").write_text(f"{1 - digits / int(most)}\n")
sys.exit(ACCEPT)
