"""What this module brings to the house: devices that lose the network."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from dancu.modules import AuditAction, BackgroundJob, Metric, Module

MODULE = Module(
    duties={"devices": _("enrol devices and cut them off")},
    duties_of_roles={"administrator": ["devices"]},
    audit_actions={
        "devices.code_made": AuditAction(_("Made a code to enrol a device with")),
        "devices.enrolled": AuditAction(_("A device was enrolled")),
        "devices.cut_off": AuditAction(_("Cut off a device")),
        "devices.shift_began": AuditAction(_("Began to work with a device")),
        "devices.listed": AuditAction(_("Saw the list of devices")),
        "devices.open_items": AuditAction(_("Saw what devices had sent and could not be recorded by itself")),
        "devices.settled": AuditAction(_("Settled what a device had sent")),
    },
    urls={"api/devices/": "dancu.devices.api_urls"},
    credentials={"bundle": timedelta(days=4)},
    metrics={
        "dancu_devices": Metric(
            "Devices by state; silent ones have been out of contact for longer than their lease.",
            "dancu.devices.metrics:devices",
            ("state",),
        ),
        "dancu_device_items_open": Metric(
            "Things that devices sent and people have to look at, counted to 100000.",
            "dancu.devices.metrics:open_items",
        ),
        "dancu_device_items_carried": Metric(
            "Things that wait on devices, as these said last.", "dancu.devices.metrics:carried"
        ),
        "dancu_device_items_oldest_seconds": Metric(
            "For how long the oldest of them has waited.", "dancu.devices.metrics:oldest"
        ),
    },
    jobs={
        "devices": BackgroundJob(
            "dancu.devices.actions:tidy",
            _("Forget what devices carry no more"),
            when="10 3 * * *",
            place=70,
        )
    },
)
