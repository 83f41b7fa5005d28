"""The report as VULDEF 3.2: what the published file says of an advisory, said of a case, public or not.

In: the material, a language. Out: XML bytes valid by vuldef_3.2.xsd, the same for the same facts, and what
they could not carry. Before the publication it names no page of ours and bears no mark of being public.
"""

from dataclasses import replace

from django.utils.translation import override

from okiagari.disclose.jvn.drawing import Material
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.disclose.site.formats import facts, vendor_status
from okiagari.plumbing import clock
from okiagari.standards import vuldef
from okiagari.standards.vuldef import Built
from okiagari.standards.vuldef.model import Affected, Related, RelatedKind


def document(material: Material, language: str) -> Built:
    """One Vulinfo; its first affected item is the vendor's own status, with the statement for JVN."""
    content, stance, site = material.content, material.stance, material.site
    entry = Entry(content, (Edition(1, clock.now(), {}, tuple(content.languages)),))
    with override(language):
        info = vendor_status.info(entry, site, language)
        maker = facts.maker(site, language)
        statement = stance.statement.get(language, "")
        own = Affected(maker, status=info.affected[0].status, notes=(statement,) if statement else ())
        pages = [Related(RelatedKind.VENDOR, maker, title=each.title, url=each.url) for each in stance.pages]
        others = [each for each in info.related if each.kind is not RelatedKind.VENDOR]
        said = replace(
            info,
            id=material.reference or material.case.id,
            affected=(own, *info.affected[1:]),
            related=(*pages, *others),
            history=(),
            first_at=None,
            updated_at=None,
            public_at=None,
            is_public=stance.is_public,
        )
        return vuldef.build([said], language)
