#!/usr/bin/env python3
"""Checks the data of records against the schemas beside this file: check_records.py < records.jsonl

A line is {"topic","type","data"}, and "valid": false where the data must not pass. Needs jsonschema.
Ends with 1 and a line for each fault.
"""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

FOLDER = pathlib.Path(__file__).resolve().parent


def main():
    registry = Registry()
    for path in sorted(FOLDER.glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        registry = registry.with_resource(path.name, Resource.from_contents(schema))
    document = json.loads((FOLDER / "asyncapi.json").read_text("utf-8"))
    references = {}
    for topic, channel in document["channels"].items():
        for entry in channel["messages"].values():
            message = document["components"]["messages"][entry["$ref"].rsplit("/", 1)[1]]
            references[topic, message["headers"]["properties"]["ce_type"]["const"]] = message["payload"]["schema"]
    faults, seen = [], set()
    for line in sys.stdin:
        record = json.loads(line)
        kind = record["topic"], record["type"]
        if kind not in references:
            faults.append(f"{kind}: is not in asyncapi.json")
            continue
        seen.add(kind)
        validator = Draft202012Validator(references[kind], registry=registry, format_checker=FormatChecker())
        errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(record["data"])]
        if record.get("valid", True):
            faults += [f"{kind}: {error}" for error in errors]
        elif not errors:
            faults.append(f"{kind}: passes and must not: {json.dumps(record['data'], ensure_ascii=False)}")
    faults += [f"{kind}: there was no record of it" for kind in sorted(references.keys() - seen)]
    print("\n".join(faults) or f"records of {len(seen)} kinds are as the schemas say")
    sys.exit(bool(faults))


main()
