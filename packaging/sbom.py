"""The list of components of a kit in CycloneDX 1.6, as JSON: what security departments read in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

_PURLS = {"pypi": "pypi", "deb": "deb"}


def document(program: Path) -> str:
    """Of the bundle in that folder: from its inventory, at the time of its commit, so that the same
    bundle gives the same text."""
    about = json.loads((program / "bundle.json").read_text(encoding="utf-8"))
    listed = json.loads((program / "inventory.json").read_text(encoding="utf-8"))
    bom = Bom(components=[_component(each) for each in listed])
    root = Component(
        name="larets",
        version=about["version"],
        type=ComponentType.APPLICATION,
        bom_ref="larets",
        licenses=[LicenseFactory().make_from_string("AGPL-3.0-or-later")],
    )
    bom.metadata.component = root
    bom.register_dependency(root, bom.components)
    bom.metadata.timestamp = datetime.fromtimestamp(about["time"], UTC)
    bom.serial_number = uuid5(NAMESPACE_URL, f"larets/{about['commit']}/{about['system']}")
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def _component(listed: dict[str, str]) -> Component:
    kind = _PURLS.get(listed["origin"])
    purl = PackageURL(kind, "debian" if kind == "deb" else None, listed["name"].lower(),
                      listed["version"]) if kind else None  # fmt: skip
    return Component(
        name=listed["name"],
        version=listed["version"],
        type=ComponentType.LIBRARY,
        bom_ref=f"{listed['origin']}:{listed['name']}@{listed['version']}",
        purl=purl,
        licenses=[LicenseFactory().make_from_string(listed["licence"])]
        if listed["licence"]
        else [],
    )
