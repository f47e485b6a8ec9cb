#!/usr/bin/env python3
"""Speaks Open311 with a running Huiyin through a client of another maker: check_open311.py URL KEY

URL is that of the program (http://127.0.0.1:8080), KEY a key of the scope open311. Needs georeport and requests.
Files one request, waits until it is listed, and compares what JSON and XML say of everything. Ends with 1 if anything
is not as it must be.
"""
import sys
import time

import requests
from georeport import GeoReport

PERSONAL = {"first_name": "三", "last_name": "张", "phone": "13812345678", "email": "zhang@example.com"}
TEXT = "青石巷口的路灯坏了，请打13812345678"


def leaves(value):
    """As XML can say it: text or nothing."""
    if isinstance(value, dict):
        return {name: leaves(part) for name, part in value.items()}
    if isinstance(value, list):
        return [leaves(part) for part in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value in (None, "") else str(value)


def main(url, key):
    root = url.rstrip("/") + "/open311/v2"
    clients = [GeoReport(root, output_format=form) for form in ("json", "xml")]
    services = [client.get_service_list() for client in clients]
    assert leaves(services[0]) == leaves(services[1]) and len(services[0]) > 10
    code = services[0][1]["service_code"]
    definition = clients[0].get_service_definition(code)
    assert definition == {"service_code": code, "attributes": []}
    assert clients[1].get_service_definition(code) == {"service_code": code, "attributes": None}

    form = {"service_code": code, "lat": "28.23456", "long": "112.98765", "description": TEXT, **PERSONAL}
    assert requests.post(root + "/requests.json", data=form).status_code == 403
    filed = requests.post(root + "/requests.json", data={**form, "api_key": key})
    assert filed.status_code == 201, filed.text
    number = filed.json()[0]["service_request_id"]
    page = filed.json()[0]["service_notice"].split()[-1]
    assert requests.get(root + f"/tokens/{number}.json").json()[0]["service_request_id"] == number

    for _ in range(300):
        if requests.get(root + f"/requests/{number}.json").status_code == 200:
            break
        time.sleep(0.1)
    one = [client.get_service_request(number) for client in clients]
    assert leaves(one[0]) == leaves(one[1]), one
    listed = [client.get_service_requests(service_request_id=number) for client in clients]
    assert listed[0] == [one[0]] and leaves(listed[1]) == leaves(one[1])
    assert one[0]["status"] == "open" and one[0]["service_code"] == code and one[0]["lat"] == 28.23 and one[0]["expected_datetime"]
    recent = [client.get_service_requests(status="open") for client in clients]
    assert number in [entry["service_request_id"] for entry in recent[0]]
    said = requests.get(root + "/requests.json").text + requests.get(root + "/requests.xml").text
    for word in [TEXT, *PERSONAL.values(), "28.2345"]:
        assert word not in said, word
    # The number alone doesn't open the page.
    headers = {"Accept": "application/json"}
    assert requests.get(f"{url}/cases/{number}", headers=headers).status_code == 401
    address = url.rstrip("/") + page if page.startswith("/") else page
    assert number in requests.get(address).text
    # The page is for the citizen; the same key opens the case as JSON.
    shown = requests.get(address.replace("/c/", "/cases/"), headers=headers)
    assert shown.json()["statement"]["location"]["latitude"] == 28.23456
    print(f"{len(services[0])} services, request {number}: JSON and XML say the same, and nothing personal")


main(*sys.argv[1:])
