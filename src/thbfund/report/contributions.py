"""Contributions to a score as JSON values and as Markdown, with links to the funded projects that they rest on."""

from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.languages import Language
from thbfund.contributions import because, project_name, projects_alike
from thbfund.ranking import Contribution
from thbfund.report.inert import inert_markdown, markdown_link
from thbfund.speaking import Speaker, speaker


def contribution_values(contribution: Contribution, catalogue: Catalogue, language: Language) -> dict[str, Any]:
    """One contribution as JSON values."""
    return {
        "name": contribution.name,
        "value": contribution.value,
        "because": because(contribution, catalogue, language),
        "projects": [
            {"name": project_name(record), "programme": record.programme, "source": record.label_source_url}
            for record in projects_alike(contribution, catalogue)
        ],
    }


_ENGLISH = speaker()


def because_markdown(
    contribution: Contribution, catalogue: Catalogue, language: Language, speak: Speaker = _ENGLISH
) -> str:
    """The reason, with a link to the page of each funded project that it names, in the language of `speak`.

    `language` is that of the description.
    """
    links = [
        markdown_link(project_name(record), record.label_source_url)
        for record in projects_alike(contribution, catalogue)
        if record.label_source_url
    ]
    reason = inert_markdown(speak.value(because(contribution, catalogue, language)))
    return f"{reason} {speak('Sources: {cited}.', cited=', '.join(links))}" if links else reason
