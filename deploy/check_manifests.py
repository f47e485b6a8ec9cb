"""Checks what deploy/ has for containers: Kubernetes manifests against the schemas of Kubernetes, and all of it against itself
and the code.

    python3 deploy/check_manifests.py

Needs PyYAML and kubernetes-validate from PyPI. Ends with status 1 and a line for each fault.
"""

import pathlib
import re
import sys

import kubernetes_validate
import yaml

DEPLOY = pathlib.Path(__file__).resolve().parent
ROOT = DEPLOY.parent
KUBERNETES = "1.31"
# https://keda.sh, scaler Apache Kafka: what its metadata may hold.
KEDA_KAFKA = {
    "bootstrapServers", "consumerGroup", "topic", "lagThreshold", "activationLagThreshold", "offsetResetPolicy",
    "allowIdleConsumers", "scaleToZeroOnInvalidOffset", "excludePersistentLag", "limitToPartitionsWithLag",
    "ensureEvenDistributionOfPartitions", "partitionLimitation", "version", "sasl", "tls",
}
WORKLOADS = {"Deployment", "StatefulSet", "Job"}
faults = []


def fault(place, text):
    faults.append(f"{place}: {text}")


def documents(path):
    return [document for document in yaml.safe_load_all(path.read_text("utf-8")) if document]


def known_settings():
    text = (ROOT / "Sources/Assembly/Settings.swift").read_text("utf-8")
    names = set(re.findall(r"HUIYIN_[A-Z]+(?:_[A-Z]+)*", text))
    # The rate limits' names are put together there.
    return names | {f"HUIYIN_LIMIT_{name}" for name in ("ADDRESS", "READS", "CODE", "OPENID")}


SETTINGS = known_settings()


def check_settings(place, names):
    for name in names:
        if name.startswith("HUIYIN_") and not name.startswith("HUIYIN_KAFKA_") and name not in SETTINGS:
            fault(place, f"{name} is no setting")


def groups():
    """By the name of a processor, the topics that it reads."""
    topics = dict(re.findall(r'static let (\w+) = "([\w-]+)"', (ROOT / "Sources/Cases/Topics.swift").read_text("utf-8")))
    found = {}
    for path in ROOT.glob("Sources/*/*Processor.swift"):
        text = path.read_text("utf-8")
        name = re.search(r'package let name = "(\w+)"', text)
        inputs = re.search(r"package let inputs = \[([^\]]*)\]", text)
        if name and inputs:
            found[name[1]] = {topics[topic] for topic in re.findall(r"Topics\.(\w+)", inputs[1])}
    return found


def check_pod(place, name, pod):
    if not pod.get("securityContext", {}).get("runAsNonRoot"):
        fault(place, "may run as root")
    if pod["securityContext"].get("seccompProfile", {}).get("type") != "RuntimeDefault":
        fault(place, "no seccomp profile")
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    for container in pod["containers"]:
        security = container.get("securityContext", {})
        if not security.get("readOnlyRootFilesystem") or security.get("allowPrivilegeEscalation") is not False:
            fault(place, "its root file system can be written, or it may gain privileges")
        if security.get("capabilities", {}).get("drop") != ["ALL"]:
            fault(place, "keeps capabilities")
        if "memory" not in container.get("resources", {}).get("limits", {}):
            fault(place, "no limit of memory")
        check_settings(place, [variable["name"] for variable in container.get("env", [])])
        if "ports" in container:
            paths = {kind: container.get(f"{kind}Probe", {}).get("httpGet", {}).get("path") for kind in
                     ("startup", "liveness", "readiness")}
            if paths != {"startup": "/livez", "liveness": "/livez", "readiness": "/readyz"}:
                fault(place, f"its probes ask {paths}")
            if container["command"] != [name]:
                fault(place, f"runs {container['command']}")
    return volumes


def check_kubernetes():
    base = DEPLOY / "kubernetes/base"
    listed = documents(base / "kustomization.yaml")[0]["resources"]
    for path in base.glob("*.yaml"):
        if path.name != "kustomization.yaml" and not path.name.endswith(".example.yaml") and path.name not in listed:
            fault(path.name, "is not in kustomization.yaml")
    found = {}
    for name in listed + ["secret.example.yaml"]:
        if not (base / name).exists():
            fault("kustomization.yaml", f"names {name}, which isn't there")
            continue
        for document in documents(base / name):
            try:
                kubernetes_validate.validate(document, KUBERNETES, strict=True)
            except kubernetes_validate.ValidationError as error:
                fault(name, error.message)
            found[document["kind"], document["metadata"]["name"]] = (name, document)
    labels = {}
    for (kind, name), (place, document) in found.items():
        if kind in WORKLOADS:
            template = document["spec"]["template"]
            labels[name] = template["metadata"]["labels"]
            volumes = check_pod(f"{place}, {name}", name, template["spec"])
            claims = {claim["metadata"]["name"] for claim in document["spec"].get("volumeClaimTemplates", [])}
            for container in template["spec"]["containers"]:
                for mount in container.get("volumeMounts", []):
                    if mount["name"] not in volumes | claims:
                        fault(place, f"mounts {mount['name']}, which is no volume")
            for volume in template["spec"].get("volumes", []):
                claim = volume.get("persistentVolumeClaim", {}).get("claimName")
                if claim and ("PersistentVolumeClaim", claim) not in found:
                    fault(place, f"there is no claim {claim}")
            if kind == "StatefulSet" and ("Service", document["spec"]["serviceName"]) not in found:
                fault(place, "its service isn't there")
            if kind != "Job" and ("PodDisruptionBudget", name) not in found:
                fault(place, "no budget of disruptions")
    for (kind, name), (place, document) in found.items():
        spec = document.get("spec", {})
        selector = {
            "Service": spec.get("selector"), "Deployment": spec.get("selector", {}).get("matchLabels"),
            "StatefulSet": spec.get("selector", {}).get("matchLabels"),
            "PodDisruptionBudget": spec.get("selector", {}).get("matchLabels"),
        }.get(kind)
        if selector and not any(selector.items() <= own.items() for own in labels.values()):
            fault(place, f"{kind} {name} selects nothing")
        check_settings(place, document.get("data", {}) if kind == "ConfigMap" else document.get("stringData", {}))
    return found


def check_keda(found):
    job = found["Job", "topics"][1]["spec"]["template"]["spec"]["containers"][0]["env"]
    partitions = next(int(variable["value"]) for variable in job if variable["name"] == "HUIYIN_PARTITIONS")
    reads = groups()
    documents_ = documents(DEPLOY / "kubernetes/keda/scaledobjects.yaml")
    if not documents_:
        fault("scaledobjects.yaml", "scales nothing")
    for document in documents_:
        place = f"scaledobjects.yaml, {document['metadata']['name']}"
        if (document["apiVersion"], document["kind"]) != ("keda.sh/v1alpha1", "ScaledObject"):
            fault(place, "is no ScaledObject")
        spec = document["spec"]
        known = {"scaleTargetRef", "pollingInterval", "cooldownPeriod", "minReplicaCount", "maxReplicaCount", "triggers"}
        for name in set(spec) - known:
            fault(place, f"{name} is no field")
        target = spec["scaleTargetRef"]
        workload = found.get((target["kind"], target["name"]))
        if workload is None:
            fault(place, f"there is no {target['kind']} {target['name']}")
        elif "replicas" in workload[1]["spec"]:
            fault(place, "its target says itself how many there are")
        if spec["minReplicaCount"] < 1:
            fault(place, "a worker with timers is scaled to none")
        if spec["maxReplicaCount"] > partitions:
            fault(place, f"more than the {partitions} partitions")
        for trigger in spec["triggers"]:
            metadata = trigger["metadata"]
            for name in set(metadata) - KEDA_KAFKA:
                fault(place, f"{name} is nothing that the Kafka scaler knows")
            if trigger["type"] != "kafka" or not {"bootstrapServers", "consumerGroup", "topic"} <= set(metadata):
                fault(place, "a trigger that isn't Kafka's, or leaves out where")
            group, topic = metadata["consumerGroup"], metadata["topic"]
            if topic.removeprefix("huiyin-") not in reads.get(group.removeprefix("huiyin-"), set()):
                fault(place, f"{group} doesn't read {topic}")
            if any(not isinstance(value, str) for value in metadata.values()):
                fault(place, "metadata must be text")


def check_compose():
    text = documents(DEPLOY / "compose.yaml")[0]
    services = text["services"]
    for name, service in services.items():
        place = f"compose.yaml, {name}"
        for other, how in service.get("depends_on", {}).items():
            if other not in services:
                fault(place, f"there is no {other}")
            elif how["condition"] == "service_healthy" and "healthcheck" not in services[other]:
                fault(place, f"{other} can't be healthy: it has no check")
        check_settings(place, service.get("environment", {}))
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                if not (DEPLOY / source).exists():
                    fault(place, f"{source} isn't there")
            elif source not in text["volumes"]:
                fault(place, f"{source} is no volume")
        if ":" not in service["image"] or service["image"].endswith(":latest"):
            fault(place, "its image is not pinned")
        if name != "kafka" and (not service.get("read_only") or service.get("cap_drop") != ["ALL"]):
            fault(place, "its root file system can be written, or it keeps capabilities")
    scraped = documents(DEPLOY / "prometheus/prometheus.yml")[0]["scrape_configs"][0]["dns_sd_configs"][0]["names"]
    workers = {name for name, service in services.items() if service["image"] == "huiyin:local"} - {"topics"}
    if set(scraped) != workers:
        fault("prometheus.yml", f"scrapes {sorted(scraped)}, there are {sorted(workers)}")
    for worker in workers:
        if services[worker]["command"] != [worker]:
            fault(f"compose.yaml, {worker}", f"runs {services[worker]['command']}")


def check_others():
    roles = set(re.findall(r'case (?:\w+ = "([\w-]+)"|(\w+))$', (ROOT / "Sources/Assembly/Role.swift").read_text("utf-8"),
                           re.M))
    roles = {first or second for first, second in roles}
    linked = re.search(r"for worker in ([\w -]+); do", (DEPLOY / "image/build").read_text("utf-8"))[1].split()
    if set(linked) != roles:
        fault("image/build", f"makes {sorted(linked)}, there are {sorted(roles)}")
    for path in [DEPLOY / "Dockerfile", *DEPLOY.glob("systemd/*")]:
        check_settings(path.name, re.findall(r"HUIYIN_[A-Z_]+", path.read_text("utf-8")))
    image = (DEPLOY / "Dockerfile").read_text("utf-8")
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", image, re.M):
        for name in source.split():
            if not ((ROOT / name).exists() or "*" in name and any(ROOT.glob(name))):
                fault("Dockerfile", f"{name} isn't there")
    development = re.search(r"local wanted=\(([^)]*)\)", (DEPLOY / "prepare").read_text("utf-8"))[1].split()
    for package in re.findall(r"\b(lib[\w-]+-dev)\b", image):
        if package not in development:
            fault("Dockerfile", f"{package} is not what deploy/prepare installs")


check_keda(check_kubernetes())
check_compose()
check_others()
for line in faults:
    print(line, file=sys.stderr)
print(f"manifests: {len(faults)} faults")
sys.exit(1 if faults else 0)
