"""What this module brings to the house: journeys, passes, stations and what is decided there."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dancu.modules import (
    AnnouncedRules,
    AuditAction,
    BackgroundJob,
    BundlePart,
    ColumnGrants,
    DemoOfficial,
    Jurisdiction,
    Metric,
    Module,
    MonthlyTable,
    OperatorCommand,
    PersonTable,
    Role,
)

MODULE = Module(
    duties={
        "scan": _("scan passes at a checkpoint"),
        "identify": _("confirm who a person is"),
        "stations": _("see how checkpoints stand"),
        "overrides": _("review decisions against the verdict"),
    },
    purposes={"passage": _("Control of movement at checkpoints")},
    jurisdictions={
        "station": Jurisdiction(_("Checkpoint"), "dancu.checkpoints.stations:station_in_words", place=30)
    },
    roles={
        "checkpoint_officer": Role(
            _("Checkpoint officer"),
            frozenset({"scan", "identify", "stations"}),
            ("station", "area", "nation"),
            "passage",
            idle=timedelta(hours=12),  # a shift: the phone lies in a pocket between two cars
            start="/checkpoint/",
            place=10,
        ),
        "checkpoint_leader": Role(
            _("Checkpoint leader"),
            frozenset({"stations", "overrides"}),
            ("station", "area", "nation"),
            "passage",
            start="/stations/",
            place=15,
        ),
    },
    duties_of_roles={"commune_officer": ["stations"]},
    audit_actions={
        "declaration.keyed_in": AuditAction(_("Entered a travel declaration for the person")),
        "declaration.compared": AuditAction(_("Compared a travel declaration with the register")),
        "declaration.identified": AuditAction(_("Established whose travel declaration it was")),
        "declaration.parted": AuditAction(_("Undid the decision on whose travel declaration it was")),
        "pass.examined": AuditAction(_("Checked the pass at a checkpoint")),
        "pass.slip": AuditAction(_("Printed or showed the slip with the pass")),
        "pass.revoked": AuditAction(_("Revoked the pass")),
        "crossing.through": AuditAction(_("Let the person through a checkpoint")),
        "crossing.secondary": AuditAction(_("Held the person for a second check at a checkpoint")),
        "crossing.back": AuditAction(_("Turned the person back at a checkpoint")),
        "crossing.released": AuditAction(_("Ended the person's waiting at a checkpoint")),
        "crossing.release_looked_at": AuditAction(
            _("Settled whether the decision that ended a stop at a checkpoint was about this person")
        ),
        "crossing.retracted": AuditAction(_("Undid a checkpoint decision that was recorded by mistake")),
        "crossings.replayed": AuditAction(_("Saw the crossing among examples of what a rule would change")),
        "crossings.held_list": AuditAction(_("Saw the list of people held at a checkpoint")),
        "crossings.own_list": AuditAction(_("Saw the crossings they had recorded themselves")),
        "stations.seen": AuditAction(_("Saw how checkpoints stand")),
        "overrides.listed": AuditAction(
            _("Saw the decision to let the person through against the verdict in a list for review")
        ),
        "override.reviewed": AuditAction(
            _("Looked at the decision to let the person through against the verdict")
        ),
        "hand_over.written": AuditAction(_("Handed the shift at a checkpoint over")),
        "hand_over.taken": AuditAction(_("Took the shift at a checkpoint over")),
        "incident.reported": AuditAction(_("Reported a forged code at a checkpoint")),
        "incident.ended": AuditAction(_("Ended the waiting of someone with a forged code at a checkpoint")),
        "incident.list": AuditAction(_("Saw the list of incidents at a checkpoint")),
        "incident.picture": AuditAction(_("Saw the picture of an incident at a checkpoint")),
    },
    commands={
        "stations": OperatorCommand("dancu.checkpoints.commands:stations", "Checkpoint stations.", place=90)
    },
    person_tables={
        "crossing": PersonTable(
            ngettext_lazy("%(count)s checkpoint crossing", "%(count)s checkpoint crossings", "count"),
            _("What was decided about you at checkpoints"),
        ),
        "declaration": PersonTable(
            ngettext_lazy("%(count)s travel declaration", "%(count)s travel declarations", "count"),
            _("Your travel declarations"),
        ),
        "pass": PersonTable(ngettext_lazy("%(count)s pass", "%(count)s passes", "count")),
        "retraction": PersonTable(
            ngettext_lazy(
                "%(count)s checkpoint decision undone", "%(count)s checkpoint decisions undone", "count"
            )
        ),
        "release": PersonTable(
            ngettext_lazy(
                "%(count)s release from a checkpoint", "%(count)s releases from checkpoints", "count"
            )
        ),
        "supersession": PersonTable(
            ngettext_lazy("%(count)s replaced pass", "%(count)s replaced passes", "count")
        ),
        "revocation": PersonTable(
            ngettext_lazy("%(count)s pass revocation", "%(count)s pass revocations", "count")
        ),
        "withdrawal": PersonTable(
            ngettext_lazy("%(count)s withdrawn declaration", "%(count)s withdrawn declarations", "count")
        ),
    },
    metrics={
        "dancu_declarations_doubtful": Metric(
            "Doubtful declarations still to be put before people, counted to 10000.",
            "dancu.checkpoints.metrics:doubtful",
        ),
        "dancu_declarations_doubtful_oldest_seconds": Metric(
            "For how long the first of them has waited.", "dancu.checkpoints.metrics:oldest_doubtful"
        ),
    },
    jobs={
        "doubtful": BackgroundJob(
            "dancu.checkpoints.identifying:ask_about_doubtful",
            _("Put doubtful declarations before data stewards"),
            every=timedelta(seconds=5),
            waiting="dancu.checkpoints.lookups:count_doubtful",
            place=20,
        )
    },
    credentials={"pass": timedelta(days=31)},
    kept_tables={
        "crossing": ColumnGrants(("received_at",)),
        "release": ColumnGrants(("recorded_at",), changed=("lifted_by",)),
        "stray_release": ColumnGrants(by_the_owner=("crossing_id", "by_crossing")),
        "retraction": ColumnGrants(("retracted_at",)),
        "revocation": ColumnGrants(("revoked_at",)),
        "vehicle_check": ColumnGrants(("received_at",)),
        "station_queue": ColumnGrants(("tapped_at",)),
        "hand_over": ColumnGrants(("written_at",)),
        "hand_over_taken": ColumnGrants(("taken_at",)),
        "override_review": ColumnGrants(("reviewed_at",)),
    },
    monthly_tables={
        # Decision 0016: a stop does not fade. Journeys and releases are worked out anew from all crossings
        # whenever two records become one, or two again; and what hangs on a crossing is carried only where it
        # stands (migration 0014).
        "crossing": MonthlyTable(
            _("A stop counts until it is released, and journeys are worked out anew from their crossings.")
        )
    },
    rules={
        "passage": AnnouncedRules("dancu.checkpoints.rule_kinds:PASSAGE", place=10),
        "remembered": AnnouncedRules("dancu.checkpoints.rule_kinds:REMEMBERED", place=20),
        "pass-hours": AnnouncedRules("dancu.checkpoints.rule_kinds:PASS_HOURS", place=60),
    },
    inbox={
        "crossing": "dancu.checkpoints.deliveries:CROSSING",
        "incident": "dancu.checkpoints.deliveries:INCIDENT",
        "vehicle": "dancu.checkpoints.deliveries:VEHICLE",
    },
    bundle={
        "withdrawn": BundlePart("dancu.checkpoints.carried:withdrawn_passes", ("station",)),
        "ask": BundlePart(
            "dancu.checkpoints.ask_list:to_ask_about", ("station",), kept=timedelta(seconds=60)
        ),
        "rules": BundlePart("dancu.checkpoints.carried:rules_of_passage", ("station",), is_for_all=False),
        "areas": BundlePart("dancu.checkpoints.carried:communes", ("station",), kept=timedelta(hours=1)),
        "reasons": BundlePart("dancu.checkpoints.carried:reasons", ("station",), kept=timedelta(hours=1)),
    },
    device_places={"station": "dancu.checkpoints.stations:by_number"},
    demo_officials={
        "binh": DemoOfficial(
            "Trần Văn Bình", "checkpoint_officer", "station", lambda places: places.station(), place=10
        ),
        "long": DemoOfficial(
            "Ngô Đức Long", "checkpoint_leader", "nation", lambda places: places.nation(), place=15
        ),
    },
)
