from django.apps import AppConfig

ROOMS = (
    "admin",
    "card.answering",
    "beneficiaries.emails",
    "beneficiaries.planned",
    "card.emails",
    "certificates.emails",
    "deaths.feeding",
    "deaths.following",
    "erasing.freezing",
    "erasing.reaches",
    "erasing.retention",
    "coordinates.accounts",  # how this space keeps bank accounts
    "coordinates.emails",
    "export.rows",  # what the data package tells of a member
    "households.screened",  # what vigilance compares
    "households.data_rights",  # what the room of rights asks of this space
    "representation.following",
    "portability.documents",
    "portability.emails",
    "portability.planned",
    "quotes.actions",
    "quotes.requests.emails",
    "quotes.requests.keeping",
    "guarantees.documents",
    "representation.labels",
    "representation.matching",
    "representation.planned",
    "statements.emails",
    "statements.planned",
    "termination.actions",
    "termination.documents",
    "termination.emails",
    "statements.verifying",
)
"""Modules that tell the core something by being imported."""


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Espace adhérent"

    def ready(self) -> None:
        from members import catalogue
        from members.benefits.feeds import BENEFITS
        from members.coverage.feeds import COVERS, GUARANTEES, PLANS, POLICIES
        from members.households.feeds import PERSONS
        from portals.access import services
        from portals.feeds import kinds
        from portals.registration import import_rooms

        import_rooms(self.name, *ROOMS)
        services.register(*catalogue.SERVICES)
        for kind in (PLANS, GUARANTEES, PERSONS, POLICIES, COVERS, BENEFITS):
            kinds.register(kind)
        self._answer_accounts()
        self._answer_privacy()
        self._follow_operations()
        self._list_at_home()

    def _answer_accounts(self) -> None:
        """What accounts ask of the space: who may sign up, whom a holder is, which files are theirs."""
        from members.export.contents import member_files
        from members.export.fhir import fhir_files
        from members.households.federation import RECOGNITION
        from members.households.holders import HOLDERS
        from members.households.signup import DOOR
        from portals.accounts import signup
        from portals.accounts.export import registry as exports
        from portals.accounts.federation import directory as federation
        from portals.accounts.models import Space
        from portals.gestion import holders

        signup.register(Space.MEMBER, DOOR)
        federation.register(Space.MEMBER, RECOGNITION)
        exports.register(Space.MEMBER, member_files)
        exports.register(Space.MEMBER, fhir_files, is_portable=True)
        holders.register(Space.MEMBER, HOLDERS)

    def _answer_privacy(self) -> None:
        """What the privacy core asks of the space: who chooses for whom, who may be written to, who looked."""
        from members.audience.queries import AUDIENCE
        from members.figures import benefits
        from members.households import breaches as breached
        from members.households.choosing import REGISTRAR
        from members.rights import telling as rights_told
        from portals.accounts.models import Space
        from privacy.breaches.telling import registry as breaches
        from privacy.campaigns import audiences
        from privacy.consents import holders as choosing
        from privacy.looks import registry as looks
        from privacy.statistics import facts

        choosing.register(Space.MEMBER, REGISTRAR)
        audiences.register(Space.MEMBER, AUDIENCE)
        facts.register(benefits.SOURCE)
        looks.register(Space.MEMBER, rights_told.SOURCE)
        looks.register_finder(rights_told.find)
        breaches.register_resolver("household", breached.persons_of_households)
        breaches.register_directory(breached.contacts, breached.find)

    def _follow_operations(self) -> None:
        from members.benefits.differences import actions as differences
        from members.card import renewing
        from members.quotes.requests import keeping as care_requests
        from members.statements import delivery
        from portals.signals import operation

        operation.connect(delivery.on_operation, dispatch_uid="members.statements.delivery")
        operation.connect(renewing.on_operation, dispatch_uid="members.card.renewing")
        operation.connect(differences.on_operation, dispatch_uid="members.benefits.differences")
        operation.connect(care_requests.on_operation, dispatch_uid="members.quotes.requests")

    def _list_at_home(self) -> None:
        """What waits for the member, read in one query by the home page."""
        from members.beneficiaries.queries import CHILDREN_TO_KEEP, DOCUMENTS_TO_ADD
        from members.home import waiting
        from members.noemie.queries import REJECTED_LINKS
        from members.portability.queries import OFFERS_TO_ANSWER, PROOFS_TO_SEND
        from members.quotes.requests.queries import WAITING as CARE_REQUESTS_WAITING

        waiting.register_rows("noemie", REJECTED_LINKS)
        waiting.register_rows("beneficiary_documents", DOCUMENTS_TO_ADD)
        waiting.register_rows("children_to_keep", CHILDREN_TO_KEEP)
        waiting.register_rows("care_requests", CARE_REQUESTS_WAITING)
        waiting.register_rows("unemployment_proofs", PROOFS_TO_SEND)
        waiting.register_rows("individual_offers", OFFERS_TO_ANSWER)
