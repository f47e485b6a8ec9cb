#!/usr/bin/env python3
"""Checks answers against openapi.json: check_answers.py openapi.json < answers.jsonl

A line of answers is {"method","path","status","type","headers","body"}, the path as the document writes it.
Needs jsonschema and openapi-schema-validator. Ends with 1 and a line for each fault.
"""
import json
import re
import sys
import xml.etree.ElementTree as tree
from urllib.parse import quote

from jsonschema import FormatChecker
from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

NAME = "urn:huiyin:openapi"


def pointer(*parts):
    return NAME + "#" + "".join("/" + quote(part.replace("~", "~0").replace("/", "~1")) for part in parts)


def main():
    document = json.load(open(sys.argv[1], encoding="utf-8"))
    registry = Registry().with_resource(NAME, Resource(contents=document, specification=DRAFT202012))
    faults, seen, bodies = [], set(), 0
    for line in sys.stdin:
        answer = json.loads(line)
        name = f'{answer["method"]} {answer["path"]} {answer["status"]}'
        seen.add(name)
        try:
            promised = document["paths"][answer["path"]][answer["method"].lower()]["responses"][str(answer["status"])]
        except KeyError:
            faults.append(f"{name}: is not in the document")
            continue
        for header in promised.get("headers", {}):
            # Location comes with a single opinion alone, Link with all parts of a list but the last.
            if header not in ("Location", "Link") and header.lower() not in {key.lower() for key in answer["headers"]}:
                faults.append(f"{name}: header {header} is missing")
        if "content" not in promised:
            if answer["body"]:
                faults.append(f"{name}: has a body")
            continue
        media = answer["type"].split(";")[0]
        if media not in promised["content"]:
            faults.append(f"{name}: {media} is not in the document")
            continue
        schema = promised["content"][media]["schema"]
        if media == "text/xml":
            root = re.search("`(.*?)`", schema["description"]).group(1)
            if tree.fromstring(answer["body"].encode()).tag != root:
                faults.append(f"{name}: the root element is not {root}")
        value = json.loads(answer["body"]) if media.endswith("json") else answer["body"]
        place = pointer(
            "paths", answer["path"], answer["method"].lower(), "responses", str(answer["status"]), "content", media,
            "schema")
        validator = OAS31Validator({"$ref": place}, registry=registry, format_checker=FormatChecker())
        faults += [f"{name}: {error.json_path}: {error.message}" for error in validator.iter_errors(value)]
        bodies += 1
    for name, schema in document["components"]["schemas"].items():
        validator = OAS31Validator(
            {"$ref": pointer("components", "schemas", name)}, registry=registry, format_checker=FormatChecker())
        for example in schema.get("examples", []):
            faults += [f"example of {name}: {error.json_path}: {error.message}" for error in validator.iter_errors(example)]
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            for status in operation["responses"]:
                if f"{method.upper()} {path} {status}" not in seen:
                    faults.append(f"{method.upper()} {path} {status}: was not asked for")
    print("\n".join(faults) or f"{bodies} answers of {len(seen)} kinds are as the document says")
    sys.exit(bool(faults))


main()
