"""The office: officials sign in and see their tasks; administrators keep accounts, auditors read the
audit.
"""

from django.urls import path

import dancu.web.addresses  # noqa: F401 (the converter `number`)
from dancu.web.office import home
from dancu.web.office.administration import accounts, audit, background, devices, ended_areas, proposals
from dancu.web.office.discrepancies import corrections, site_list
from dancu.web.office.records import changes, life_events, merging, register, searching
from dancu.web.office.records import on_a_day as asof
from dancu.web.office.review import page as review
from dancu.web.office.risk import decisions as risk
from dancu.web.office.risk import drafting as risk_drafting
from dancu.web.office.risk import levels as risk_levels
from dancu.web.office.rules import drafting, replaying
from dancu.web.office.rules import pages as rules
from dancu.web.office.sign_in import own_account, signing_in
from dancu.web.office.statistics import arrivals
from dancu.web.office.statistics import page as statistics

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", signing_in.credentials, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="code"),
    path("sign-in/new-password/", signing_in.new_password, name="new-password"),
    path("sign-in/authenticator/", signing_in.authenticator, name="authenticator"),
    path("sign-in/role/", signing_in.role, name="role"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("password/", home.password, name="password"),
    path("account/", own_account.own_account, name="own-account"),
    path("account/proposals/<number:proposal_id>/refuse/", own_account.refuse, name="own-refuse"),
    path("background/", background.background, name="background"),
    path("background/<slug:job>/now/", background.due_now, name="background-now"),
    path("devices/", devices.devices, name="devices"),
    path("devices.csv", devices.as_file, {"file": "csv"}, name="devices-csv"),
    path("devices.xlsx", devices.as_file, {"file": "xlsx"}, name="devices-xlsx"),
    path("devices/<uuid:device_id>/cut-off/", devices.cut_off, name="device-cut-off"),
    path("accounts/", accounts.officials, name="accounts"),
    path("accounts/new/", accounts.new, name="account-new"),
    path("accounts/to-confirm/", ended_areas.waiting, name="grants-waiting"),
    path("accounts/proposals/", proposals.waits, name="proposals"),
    path("accounts/proposals/<number:proposal_id>/", proposals.proposal, name="proposal"),
    path(
        "accounts/proposals/<number:proposal_id>/<slug:decision>/", proposals.decide, name="proposal-decide"
    ),
    path("accounts/<number:official_id>/", accounts.official, name="account"),
    path("accounts/<number:official_id>/roles/new/", accounts.grant, name="grant-new"),
    path("accounts/<number:official_id>/roles/<number:grant_id>/end/", accounts.end, name="grant-end"),
    path(
        "accounts/<number:official_id>/roles/<number:grant_id>/confirm/",
        ended_areas.confirm,
        name="grant-confirm",
    ),
    path("accounts/<number:official_id>/<slug:change>/", accounts.change, name="account-change"),
    path("audit/", audit.entries, name="audit"),
    path("audit.csv", audit.as_file, {"file": "csv"}, name="audit-csv"),
    path("audit.xlsx", audit.as_file, {"file": "xlsx"}, name="audit-xlsx"),
    path("review/", review.review, name="review"),
    path("review/decide/", review.decide, name="review-decide"),
    path("review/undo/", review.undo, name="review-undo"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/sign/", corrections.resolve, name="corrections-sign"),
    path("corrections/<number:correction_id>/person/", corrections.find, name="correction-person"),
    path("corrections/<number:correction_id>/reopen/", corrections.reopen, name="correction-reopen"),
    path("records/", site_list.site_list, name="site-list"),
    path("records/updated/", site_list.updated, name="site-updated"),
    path("records/<number:correction_id>/reopen/", site_list.reopen, name="site-reopen"),
    path("records/send/", site_list.upload, name="site-upload"),
    path("records/empty.csv", site_list.empty_list, name="site-empty"),
    path("records.csv", site_list.as_file, {"file": "csv"}, name="site-csv"),
    path("records.xlsx", site_list.as_file, {"file": "xlsx"}, name="site-xlsx"),
    path("risk/", risk_levels.levels, name="risk-levels"),
    path("risk.csv", risk_levels.as_file, {"file": "csv"}, name="risk-levels-csv"),
    path("risk.xlsx", risk_levels.as_file, {"file": "xlsx"}, name="risk-levels-xlsx"),
    path("risk/decisions/", risk.decisions, name="risk-decisions"),
    path("risk/decisions/new/", risk_drafting.draft, name="risk-draft"),
    path("risk/decisions/<number:decision_id>/", risk.decision, name="risk-decision"),
    path("risk/decisions/<number:decision_id>/sign/", risk.sign, name="risk-sign"),
    path("risk/decisions/<number:decision_id>/discard/", risk.discard, name="risk-discard"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:rule_id>/<number:version>/", rules.rule, name="rule"),
    path("rules/<slug:rule_id>/<number:version>.json", rules.document, name="rule-document"),
    path("rules/<slug:rule_id>/<number:version>/replay/", replaying.replay, name="rule-replay"),
    path("rules/<slug:rule_id>/<number:version>/end/", rules.end_draft, name="rule-end"),
    path("rules/<slug:rule_id>/<number:version>/sign/", rules.sign, name="rule-sign"),
    path("rules/<slug:rule_id>/new/", drafting.following, name="rule-new"),
    path("rules/new/<slug:kind>/", drafting.first, name="rule-first"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/arrivals/", arrivals.arrivals, name="arrivals-by-day"),
    path("statistics/arrivals.csv", arrivals.as_file, {"file": "csv"}, name="arrivals-csv"),
    path("statistics/arrivals.xlsx", arrivals.as_file, {"file": "xlsx"}, name="arrivals-xlsx"),
    path("statistics.csv", statistics.as_file, {"file": "csv"}, name="statistics-csv"),
    path("statistics.xlsx", statistics.as_file, {"file": "xlsx"}, name="statistics-xlsx"),
    path("search/", searching.search, name="search"),
    path("person/<number:person_id>/", register.person, name="person"),
    path("person/<number:person_id>/number/<slug:kind>/", register.number, name="person-number"),
    path("person/<number:person_id>/as-of/", asof.as_of, name="person-as-of"),
    path("person/<number:person_id>/correct/<slug:field>/", changes.correct, name="person-correct"),
    path("person/<number:person_id>/move/", changes.move, name="person-move"),
    path("person/<number:person_id>/new-number/", changes.new_pin, name="person-pin"),
    path("person/<number:person_id>/events/", life_events.choose, name="person-events"),
    path("person/<number:person_id>/events/<slug:kind>/", life_events.record, name="person-event"),
    path(
        "person/<number:person_id>/events/<uuid:event_id>/undo/", life_events.undo, name="person-event-undo"
    ),
    path("person/<number:person_id>/merge/", merging.find, name="person-merge-find"),
    path("person/<number:person_id>/merge/<number:other_id>/", merging.merge, name="person-merge"),
    path("person/<number:person_id>/merges/<uuid:merge_id>/undo/", merging.undo, name="person-merge-undo"),
]
