"""Holds every metric and label that the alerts, their tests and the dashboard ask for against what a program shows.

    python3 deploy/prometheus/check_names.py FILE     # the answer of /metrics

Ends with status 1 and a line for each that isn't there. Also looks that every alert says all that it should, and that its
section of the runbook exists.
"""

import json
import pathlib
import re
import sys

import yaml

FOLDER = pathlib.Path(__file__).resolve().parent
DEPLOY = FOLDER.parent
# What Prometheus itself adds.
OWN_METRICS = {"up"}
OWN_LABELS = {"job", "instance", "program"}
KEYWORDS = {
    "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right", "bool", "offset", "inf", "nan",
}
TEXTS = {"summary", "summary_zh", "description", "description_zh", "runbook"}


def asked(expression):
    """The names of metrics and of labels in a PromQL expression."""
    labels = set()
    made = re.findall(r'label_replace\s*\((?:[^"]|"(?![\w]+"\s*,\s*"\$))*"(\w+)"\s*,\s*"\$', expression)
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', expression)
    for selector in re.findall(r"\{([^}]*)\}", text):
        labels.update(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", selector))
    text = re.sub(r"\{[^}]*\}", "", text)
    grouping = r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)"
    for names in re.findall(grouping, text):
        labels.update(name.strip() for name in names.split(",") if name.strip())
    text = re.sub(grouping, " ", text)
    text = re.sub(r"\[[^\]]*\]", "", text)
    metrics = {
        name for name in re.findall(r"(?<![\w.$])([A-Za-z_:][\w:]*)\b(?!\s*\()", text) if name.lower() not in KEYWORDS
    }
    return metrics, labels - set(made)


def shown(path):
    metrics, labels = set(), set()
    for line in pathlib.Path(path).read_text("utf-8").splitlines():
        match = re.match(r"([A-Za-z_:][\w:]*)(?:\{(.*)\})? \S+$", line)
        if match and not line.startswith("#"):
            metrics.add(match[1])
            labels.update(re.findall(r'(\w+)="', match[2] or ""))
    return metrics, labels


def expressions():
    for group in yaml.safe_load((FOLDER / "rules.yml").read_text("utf-8"))["groups"]:
        for rule in group["rules"]:
            yield f"rules.yml, {rule['alert']}", rule["expr"]
    for test in yaml.safe_load((FOLDER / "rules_test.yml").read_text("utf-8"))["tests"]:
        for series in test["input_series"]:
            # Labels of a test may be left out and made up: only names count.
            yield "rules_test.yml", series["series"].split("{")[0]
    for path in sorted((DEPLOY / "grafana" / "dashboards").glob("*.json")):
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            for target in panel.get("targets", []):
                yield f"{path.name}, {panel['title']}", target["expr"]


def faults_of_alerts():
    runbook = (DEPLOY / "RUNBOOK.md").read_text("utf-8")
    anchors = {re.sub(r"[^\w\- ]", "", title).strip().lower().replace(" ", "-")
               for title in re.findall(r"^#+ (.+)$", runbook, re.M)}
    tested = (FOLDER / "rules_test.yml").read_text("utf-8")
    for group in yaml.safe_load((FOLDER / "rules.yml").read_text("utf-8"))["groups"]:
        for rule in group["rules"]:
            name = rule["alert"]
            for text in sorted(TEXTS - set(rule["annotations"])):
                yield f"{name}: no {text}"
            if rule["labels"].get("severity") not in {"critical", "warning"}:
                yield f"{name}: no severity"
            page, _, anchor = rule["annotations"].get("runbook", "").partition("#")
            if page != "deploy/RUNBOOK.md" or anchor not in anchors:
                yield f"{name}: its runbook has no section {anchor}"
            checks = re.findall(rf"alertname: {name}\n\s+exp_alerts:( \[\])?", tested)
            if set(checks) != {"", " []"}:
                yield f"{name}: no test that it comes, or none that it doesn't"


def main():
    metrics, labels = shown(sys.argv[1])
    faults, count = list(faults_of_alerts()), 0
    for place, expression in expressions():
        names, used = asked(expression)
        if not names:
            faults.append(f"{place}: asks for nothing: {expression}")
        for name in sorted(names - metrics - OWN_METRICS):
            faults.append(f"{place}: no metric {name}")
        for name in sorted(used - labels - OWN_LABELS):
            faults.append(f"{place}: no label {name}")
        count += 1
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{count} expressions ask for {'more than' if faults else 'only'} what is among {len(metrics)} metrics")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
