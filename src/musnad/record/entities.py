"""The entities of a draft: each under one id, places with all they lie in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from musnad.meaning.gazetteer import Gazetteer, Place
from musnad.meaning.name_tables import ActorLabels
from musnad.record.model import Entity, EntityType, Labels
from musnad.text.folding import fold_text


class EntityList:
    """Entities in the order they were added; type and folded name are the identity.

    `actors` gives the English and the Arabic name of those who act, by the name they have in all articles.
    """

    def __init__(self, gazetteer: Gazetteer, actors: ActorLabels | None = None) -> None:
        self.gazetteer = gazetteer
        self.actors = actors or {}
        self.by_identity: dict[tuple[EntityType, str], Entity] = {}
        self.by_place: dict[str, str] = {}
        self.ids: set[str] = set()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """All entities added so far."""
        return tuple(self.by_identity.values())

    def add_place(self, place: Place) -> str:
        """Add a place of the gazetteer and what it lies in, up to its country; give its id."""
        if place.id in self.by_place:
            return self.by_place[place.id]
        outer = self.gazetteer.places.get(place.within)
        # A facility is no rank of administration.
        entity = Entity(
            id="",
            type="facility" if place.facility else "place",
            name=place.name,
            labels=Labels(place.name, place.arabic or None),
            within=(self.add_place(outer),) if outer else (),
            level=None if place.facility else place.level,
            same_as=(f"https://sws.geonames.org/{place.id}/",) if place.id.isdecimal() else (),
        )
        self.by_place[place.id] = self._put(entity)
        return self.by_place[place.id]

    def add(self, kind: EntityType, name: str, *, label: str | None = None) -> str:
        """Add what has a name and a kind, labelled in the script it is written in; give its id.

        A state, and whoever is among the actors, is labelled in both languages.
        """
        state = self.gazetteer.by_name.get(name)
        if name in self.actors:
            labels = Labels(*self.actors[name])
        elif state is not None and state.level == 0:
            labels = Labels(state.name, state.arabic or None)
        else:
            labels = _labels(label or name)
        return self._put(Entity("", kind, name, labels))

    def add_event(
        self, name: str, *, label: str, what: str = "", within: tuple[str, ...] = (), day: date | None = None
    ) -> str:
        """Add an event with the kind, the places (ids) and the day that its article gives it; give its id."""
        return self._put(
            Entity(
                id="",
                type="event",
                name=name,
                labels=_labels(label),
                within=within,
                kind=what or None,
                day=day.isoformat() if day else None,
            )
        )

    def _put(self, entity: Entity) -> str:
        identity = entity.type, fold_text(entity.name)
        known = self.by_identity.get(identity)
        if known is not None:
            return known.id
        slug = re.sub(r"[\s:,/]+", "-", entity.name.lower()).strip("-") or entity.type
        number, free = 1, slug
        while free in self.ids:
            number += 1
            free = f"{slug}-{number}"
        self.ids.add(free)
        self.by_identity[identity] = replace(entity, id=free)
        return free


def _labels(called: str) -> Labels:
    arabic = any("\u0620" <= letter <= "\u064a" for letter in called)
    return Labels(ar=called) if arabic else Labels(en=called)
