"""What this module brings to the house: the office’s pages."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import ANY, Module, WorkPage

MODULE = Module(
    pages=(
        WorkPage(ANY, "office:home", _("Your work"), place=0),
        WorkPage(
            "search",
            "office:search",
            _("Search the register"),
            _("Find a person by number, name, birth date or phone number."),
            place=30,
        ),
        WorkPage(
            "statistics",
            "office:statistics",
            _("Population statistics"),
            _("How many people live in your area, by age and sex."),
            place=40,
        ),
        WorkPage(
            "statistics",
            "office:arrivals-by-day",
            _("Arrivals by day"),
            _("How many journeys lead to your area each day, and what has become of them."),
            place=45,
        ),
        WorkPage(
            "review",
            "office:review",
            _("Cases for review"),
            _("Decide whether two records are of the same person."),
            place=50,
        ),
        WorkPage(
            "review",
            "office:corrections",
            _("Records to verify"),
            _("Discrepancies between the records of health stations and the register: verify and sign them."),
            place=60,
        ),
        WorkPage(
            "site_list",
            "office:site-list",
            _("Records to correct"),
            _(
                "Discrepancies between your records and the register: report them, and correct what the "
                "police have verified."
            ),
            place=70,
        ),
        WorkPage(
            "accounts",
            "office:accounts",
            _("Officials’ accounts"),
            _("Create accounts, propose and end roles, and help people who cannot sign in."),
            place=80,
            in_navigation=_("Accounts"),
        ),
        WorkPage(
            "accounts",
            "office:proposals",
            _("Proposals"),
            _("Proposals waiting for a second administrator, and recent decisions."),
            place=90,
        ),
        WorkPage(
            "rules",
            "office:rules",
            _("Rules"),
            _("The rules by which dancu decides: draft a version, and sign what somebody else drafted."),
            place=95,
        ),
        WorkPage(
            "risk",
            "office:risk-levels",
            _("Levels of risk"),
            _("Which commune has which level. Draft a decision, and sign what somebody else drafted."),
            place=94,
        ),
        WorkPage(
            "devices",
            "office:devices",
            _("Devices"),
            _("Telephones and tablets that keep working without a network: enrol them, cut them off."),
            place=96,
        ),
        WorkPage(
            "work",
            "office:background",
            _("Background work"),
            _("What the system does by itself: messages, statistics, the nightly work."),
            place=97,
        ),
        WorkPage(
            "audit",
            "office:audit",
            _("Audit log"),
            _("Every time someone looked at a person’s data or changed an account."),
            place=100,
        ),
    ),
    urls={"office/": "dancu.web.office.urls"},
)
