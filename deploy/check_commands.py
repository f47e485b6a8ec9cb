"""Holds every command that the runbook and the units give against what the program offers.

    python3 deploy/check_commands.py PATH/huiyin
"""

import pathlib
import re
import subprocess
import sys

DEPLOY = pathlib.Path(__file__).resolve().parent


def help_of(words, known={}):
    """The help of a command, or None where there is no such command."""
    key = tuple(words)
    if key not in known:
        answer = subprocess.run([sys.argv[1], *words, "--help"], capture_output=True, text=True)
        # The help of the command above is what a word that is none gets.
        title = re.search(r"^USAGE: huiyin ([a-z -]*?)(?: [<\[(-]|$)", answer.stdout, re.M)
        known[key] = answer.stdout if answer.returncode == 0 and title and title[1].split() == list(words) else None
    return known[key]


def faults():
    for path in [DEPLOY / "RUNBOOK.md", *sorted(DEPLOY.glob("systemd/*.service"))]:
        # Units give whole paths, and are named as the program is.
        before = r"/huiyin/" if path.suffix == ".service" else r"(?:^|[`\s])"
        for line in path.read_text("utf-8").splitlines():
            for given in re.findall(before + r"huiyin ([a-z-]+(?: [^`#\n]*)?)", line):
                words = given.split()
                options = [word.split("=")[0] for word in words if word.startswith("--") and word != "--help"]
                # As many words as name a command.
                command = []
                for word in words:
                    if not re.fullmatch(r"[a-z-]+", word) or help_of([*command, word]) is None:
                        break
                    command.append(word)
                if not command:
                    yield f"{path.name}: there is no huiyin {given}"
                    continue
                for option in options:
                    if not re.search(rf"(?<![\w-]){option}(?![\w-])", help_of(command)):
                        yield f"{path.name}: huiyin {' '.join(command)} has no {option}"


found = sorted(set(faults()))
for line in found:
    print(line, file=sys.stderr)
print(f"commands: {len(found)} faults")
sys.exit(1 if found else 0)
