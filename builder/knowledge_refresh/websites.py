"""Official websites of outlets against the domains that the tables hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from builder.knowledge_refresh.agreement import independent
from builder.knowledge_refresh.plan import Conflict, Plan, Unused
from builder.knowledge_refresh.statements import Value
from builder.knowledge_refresh.tables import Row, Tables, Unmatched, cite

TABLE = "outlets"


@dataclass(slots=True)
class WebsiteRefresh:
    """Confirms domains, and adds those that an outlet lacks and nobody else has."""

    tables: Tables
    plan: Plan
    accept: frozenset[str]
    reasons: defaultdict[tuple[str, str], list[str]]

    def take(self, values: list[Value]) -> None:
        """Weighs each address."""
        for one in values:
            try:
                self._take(one, self._outlet(one), _domain(one.value))
            except Unmatched as reason:
                self.plan.unmatched.append(
                    Unused(one.kind, one.subject.id, one.subject.label, one.value, str(reason))
                )

    def _outlet(self, one: Value) -> str:
        country = self.tables.country(one.country)
        rows = self.tables.rows[TABLE]
        of = [key for key, row in rows.items() if row["country"] in (None, country)]
        return self.tables.find((TABLE,), one.subject, None if country is None else of)[1]

    def _take(self, one: Value, key: str, domain: str) -> None:
        row = self.tables.rows[TABLE][key]
        if domain in row["domains"]:
            self._confirm(one, row)
            return
        owners = [
            other["id"] for other in self.tables.rows[TABLE].values() if domain in other["domains"]
        ]
        if owners:
            raise Unmatched(f"the domain {domain} is that of {', '.join(owners)}")
        if row["status"] == "verified":
            accepted = key in self.accept
            self.plan.conflicts.append(
                Conflict(
                    TABLE,
                    key,
                    "a verified outlet has another domain",
                    {name: row[name] for name in ("domains", "status", "sources")},
                    {"domain": domain},
                    one.source.statements,
                    accepted,
                )
            )
            if not accepted:
                return
        row["domains"] = [*row["domains"], domain]
        self._cite(one, row, "another domain")

    def _confirm(self, one: Value, row: Row) -> None:
        alone = independent(row["sources"], self.tables.info[TABLE], one.source.stated_in)
        if row["status"] == "single_source" and alone and len(row["domains"]) == 1:
            row["status"] = "verified"
            self._cite(one, row, "confirmed by a second source")
        else:
            self.plan.agreeing["a domain that is known"] += 1

    def _cite(self, one: Value, row: Row, reason: str) -> None:
        cite(row, one.source)
        self.reasons[TABLE, row["id"]].append(reason)


def _domain(address: str) -> str:
    """The domain of an address, without `www`.

    Raises:
        Unmatched: it has none.
    """
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    if not host or "." not in host:
        raise Unmatched("no web address")
    return host.removeprefix("www.")
