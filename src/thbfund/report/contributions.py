"""Contributions to a score as JSON values and as Markdown, with links to the funded projects that they rest on."""

from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.contributions import because, project_name, projects_alike
from thbfund.ranking import Contribution
from thbfund.report.inert import inert_markdown, markdown_link


def contribution_values(contribution: Contribution, catalogue: Catalogue) -> dict[str, Any]:
    """One contribution as JSON values."""
    return {
        "name": contribution.name,
        "value": contribution.value,
        "because": because(contribution, catalogue),
        "projects": [
            {"name": project_name(record), "programme": record.programme, "source": record.label_source_url}
            for record in projects_alike(contribution, catalogue)
        ],
    }


def because_markdown(contribution: Contribution, catalogue: Catalogue) -> str:
    """The reason, with a link to the page of each funded project that it names."""
    links = [
        markdown_link(project_name(record), record.label_source_url)
        for record in projects_alike(contribution, catalogue)
        if record.label_source_url
    ]
    return " ".join(
        [inert_markdown(because(contribution, catalogue)), *([f"Sources: {', '.join(links)}."] if links else [])]
    )
