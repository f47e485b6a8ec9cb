#!/usr/bin/env python3
"""Checks records against asyncapi.json and the schemas beside this file: check_records.py < records.jsonl

A line is {"topic","type","data"}; "headers", where given, are checked, too. It may have
  "valid": false   the data must not pass
  "ours": true     Huiyin writes such: its data may have no field that the schemas don't name
Records without a type are dead letters. Needs jsonschema. Ends with 1 and a line for each fault.
"""
import copy
import functools
import json
import pathlib
import sys

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FOLDER = pathlib.Path(__file__).resolve().parent


def close(schema):
    """Takes the freedom of further fields from every object, in place."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            close(part)
    elif isinstance(schema, list):
        for part in schema:
            close(part)
    return schema


def main():
    document = json.loads((FOLDER / "asyncapi.json").read_text("utf-8"))
    as_written = Registry().with_resource("asyncapi.json", Resource(contents=document, specification=DRAFT202012))
    closed = Registry()
    for path in sorted(FOLDER.glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        as_written = as_written.with_resource(path.name, Resource.from_contents(schema))
        closed = closed.with_resource(path.name, Resource.from_contents(close(copy.deepcopy(schema))))
    messages = {}
    for topic, channel in document["channels"].items():
        for entry in channel["messages"].values():
            name = entry["$ref"].rsplit("/", 1)[1]
            headers = document["components"]["messages"][name]["headers"]
            messages[topic, headers.get("properties", {}).get("ce_type", {}).get("const", "")] = name

    @functools.cache
    def validator(name, part):
        if part == "headers":
            schema = {"$ref": f"asyncapi.json#/components/messages/{name}/headers"}
        else:
            schema = document["components"]["messages"][name]["payload"]["schema"]
        registry = closed if part == "ours" else as_written
        return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())

    faults, seen, count = [], set(), 0
    for line in sys.stdin:
        record = json.loads(line)
        kind = record["topic"], record["type"]
        count += 1
        if kind not in messages:
            faults.append(f"{kind}: is not in asyncapi.json")
            continue
        name, data = messages[kind], record["data"]
        if not record.get("valid", True):
            if validator(name, "data").is_valid(data):
                faults.append(f"{kind}: passes and must not: {json.dumps(data, ensure_ascii=False)}")
            continue
        seen.add(kind)
        errors = list(validator(name, "data").iter_errors(data))
        if not errors and record.get("ours"):
            errors = list(validator(name, "ours").iter_errors(data))
        if "headers" in record:
            errors += validator(name, "headers").iter_errors(record["headers"])
        faults += [
            f"{kind}: {error.json_path}: {error.message} in {json.dumps(data, ensure_ascii=False)}" for error in errors
        ]
    faults += [f"{kind}: there was no record of it" for kind in sorted(messages.keys() - seen)]
    print("\n".join(faults) or f"{count} records of {len(seen)} kinds are as the schemas say")
    sys.exit(bool(faults))


main()
