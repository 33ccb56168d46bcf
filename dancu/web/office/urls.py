"""The office: officials sign in and see their tasks; administrators keep accounts and read the audit."""

from django.urls import path

import dancu.web.addresses  # noqa: F401 (the converter `number`)
from dancu.web.office import (
    accounts,
    asof,
    audit,
    changes,
    corrections,
    home,
    register,
    review,
    signing_in,
    site_list,
)

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
    path("accounts/", accounts.officials, name="accounts"),
    path("accounts/new/", accounts.new, name="account-new"),
    path("accounts/<number:official_id>/", accounts.official, name="account"),
    path("accounts/<number:official_id>/roles/new/", accounts.grant, name="grant-new"),
    path("accounts/<number:official_id>/roles/<number:grant_id>/end/", accounts.end, name="grant-end"),
    path("accounts/<number:official_id>/<slug:change>/", accounts.change, name="account-change"),
    path("audit/", audit.entries, name="audit"),
    path("review/", review.review, name="review"),
    path("review/decide/", review.decide, name="review-decide"),
    path("review/undo/", review.undo, name="review-undo"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/sign/", corrections.sign, name="corrections-sign"),
    path("corrections/<number:correction_id>/person/", corrections.find, name="correction-person"),
    path("corrections/<number:correction_id>/reopen/", corrections.reopen, name="correction-reopen"),
    path("records/", site_list.site_list, name="site-list"),
    path("records/updated/", site_list.updated, name="site-updated"),
    path("records/<number:correction_id>/reopen/", site_list.reopen, name="site-reopen"),
    path("records/send/", site_list.upload, name="site-upload"),
    path("records/empty.csv", site_list.empty_list, name="site-empty"),
    path("records.csv", site_list.as_csv, name="site-csv"),
    path("records.xlsx", site_list.as_xlsx, name="site-xlsx"),
    path("search/", register.search, name="search"),
    path("person/<number:person_id>/", register.person, name="person"),
    path("person/<number:person_id>/number/<slug:kind>/", register.number, name="person-number"),
    path("person/<number:person_id>/as-of/", asof.as_of, name="person-as-of"),
    path("person/<number:person_id>/correct/<slug:field>/", changes.correct, name="person-correct"),
    path("person/<number:person_id>/move/", changes.move, name="person-move"),
    path("person/<number:person_id>/new-number/", changes.new_pin, name="person-pin"),
]
